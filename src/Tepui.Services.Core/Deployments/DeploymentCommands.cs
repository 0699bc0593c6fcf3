using Tepui.Services.Core.Commands;

namespace Tepui.Services.Core.Deployments;

/// <summary>Commands on deployments.</summary>
internal static class DeploymentCommands
{
    /// <summary>Stops a deployment where it is when forced; otherwise takes it back.</summary>
    public static CommandOutcome Cancel(Turn turn, string id, bool force) => throw new NotSupportedException();

    /// <summary>Lets a deployment wait.</summary>
    public static CommandOutcome Pause(Turn turn, string id) => throw new NotSupportedException();

    /// <summary>Lets a deployment go on.</summary>
    public static CommandOutcome Resume(Turn turn, string id) => throw new NotSupportedException();

    /// <summary>Lets a deployment take the new version.</summary>
    public static CommandOutcome Promote(Turn turn, string id) => throw new NotSupportedException();
}
