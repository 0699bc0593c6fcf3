using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>What a step of a deployment does to one app or pod.</summary>
public enum ActionKind
{
    /// <summary>It becomes known, with no instance yet.</summary>
    Start,

    /// <summary>Its instance count changes.</summary>
    Scale,

    /// <summary>Its instances are replaced.</summary>
    Restart,

    /// <summary>Its instances end and it is forgotten.</summary>
    Stop,
}

/// <summary>One action of a step.</summary>
public sealed record DeploymentAction(ActionKind Kind, PathId Spec, bool IsPod)
{
    /// <summary>As answers write it: <c>StartApplication</c>, <c>RestartPod</c>.</summary>
    public string Name => Kind + (IsPod ? "Pod" : "Application");
}

/// <summary>Actions carried out together; the next step begins when all are done.</summary>
public sealed record DeploymentStep(IReadOnlyList<DeploymentAction> Actions);

/// <summary>How a deployment stands.</summary>
public enum DeploymentState
{
    /// <summary>Advances.</summary>
    Running,

    /// <summary>Was told to wait, or has failed and waits for a decision.</summary>
    Paused,

    /// <summary>New instances are there; waits to be promoted.</summary>
    WaitingForPromotion,

    /// <summary>Goes back to what was before.</summary>
    RollingBack,

    /// <summary>All steps are done.</summary>
    Succeeded,

    /// <summary>Gave up (without going back).</summary>
    Failed,

    /// <summary>Was stopped where it was, or another deployment took over.</summary>
    Cancelled,

    /// <summary>Failed or was told to, and has gone back.</summary>
    RolledBack,
}

/// <summary>How far one action is.</summary>
/// <param name="Action">Which.</param>
/// <param name="Target">Instances wanted in the end.</param>
/// <param name="Old">Active instances of older configurations.</param>
/// <param name="New">Active instances of the new one.</param>
/// <param name="Ready">New ones that are running, healthy and ready.</param>
/// <param name="Healthy">Healthy instances, old and new.</param>
/// <param name="Done">Nothing is left to do.</param>
/// <param name="Readiness">Readiness results, where checks are made.</param>
public sealed record ActionProgress(DeploymentAction Action, int Target, int Old, int New, int Ready, int Healthy, bool Done, IReadOnlyList<Health.ReadinessResult> Readiness);

/// <summary>A deployment as readers see it.</summary>
public sealed record DeploymentView
{
    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the tree that it leads to.</summary>
    public required DateTimeOffset Version { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The tree before (only what it affects).</summary>
    public required ServiceTree Original { get; init; }

    /// <summary>The tree after (only what it affects).</summary>
    public required ServiceTree Target { get; init; }

    /// <summary>All steps.</summary>
    public required IReadOnlyList<DeploymentStep> Steps { get; init; }

    /// <summary>The step under way, from 0; the count of steps when all are done.</summary>
    public required int StepIndex { get; init; }

    /// <summary>How it stands.</summary>
    public required DeploymentState State { get; init; }

    /// <summary>Its way.</summary>
    public required DeploymentStrategy Strategy { get; init; }

    /// <summary>Why it does not advance or how it ended; empty when there is nothing to say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How far the actions of the present step are.</summary>
    public IReadOnlyList<ActionProgress> Progress { get; init; } = [];

    /// <summary>Affected apps.</summary>
    public IEnumerable<PathId> AffectedApps => Affected(isPod: false);

    /// <summary>Affected pods.</summary>
    public IEnumerable<PathId> AffectedPods => Affected(isPod: true);

    /// <summary>What is kept once it is over: what became of it, without the trees it led from and to, nor the answers of readiness checks.</summary>
    public DeploymentView Brief() => this with
    {
        Original = ServiceTree.Empty,
        Target = ServiceTree.Empty,
        Progress = [.. Progress.Select(progress => progress with { Readiness = [] })],
    };

    private IEnumerable<PathId> Affected(bool isPod) => Steps.SelectMany(step => step.Actions).Where(action => action.IsPod == isPod).Select(action => action.Spec).Distinct().Order();
}
