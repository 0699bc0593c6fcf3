using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Commands;

/// <summary>How a command ended. Cases are nested, so the list below is the whole list.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>A deployment began (or, where nothing changed, is done already).</summary>
    /// <param name="Version">Of the tree.</param>
    /// <param name="Deployment">Its id.</param>
    /// <param name="Created">The app, pod or group of the address is new.</param>
    /// <param name="Spec">The app or pod of the address, where there is one.</param>
    public sealed record Deployed(DateTimeOffset Version, string Deployment, bool Created = false, RunSpec? Spec = null) : CommandOutcome;

    /// <summary>Instances are being ended.</summary>
    public sealed record Killed(IReadOnlyList<Instance> Instances) : CommandOutcome;

    /// <summary>What a change would do.</summary>
    public sealed record Planned(ServiceTree Original, ServiceTree Target, IReadOnlyList<DeploymentStep> Steps) : CommandOutcome;

    /// <summary>How a deployment stands now.</summary>
    public sealed record DeploymentSet(string Id, DeploymentState State) : CommandOutcome;

    /// <summary>Done; there is nothing to tell.</summary>
    public sealed record Done : CommandOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Kind">Why, by class.</param>
    /// <param name="Message">Top-level message for the client.</param>
    /// <param name="Problems">All problems of a document.</param>
    /// <param name="Deployments">Deployments that hold locks.</param>
    /// <param name="HasDetails">An empty list of details is part of the answer.</param>
    public sealed record Refused(RefusalKind Kind, string Message, IReadOnlyList<PathProblem> Problems, IReadOnlyList<string> Deployments, bool HasDetails = false) : CommandOutcome
    {
        /// <summary>A refusal without list.</summary>
        public Refused(RefusalKind kind, string message)
            : this(kind, message, [], [])
        {
        }
    }
}

/// <summary>Classes of refusals.</summary>
public enum RefusalKind
{
    /// <summary>400</summary>
    BadRequest,

    /// <summary>403</summary>
    TooManyDeployments,

    /// <summary>404</summary>
    NotFound,

    /// <summary>409, id taken or changed meanwhile.</summary>
    Conflict,

    /// <summary>409, locked by deployments.</summary>
    Locked,

    /// <summary>422</summary>
    Invalid,

    /// <summary>500</summary>
    Failed,
}

/// <summary>What is wrong at one place of a document.</summary>
/// <param name="Path">As clients expect it: <c>/</c>, <c>/healthChecks(0)/portIndex</c>, <c>/env/NAME/secret</c>.</param>
/// <param name="Errors">Each for itself.</param>
public sealed record PathProblem(string Path, IReadOnlyList<string> Errors);
