using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Commands on deployments.</summary>
internal static class DeploymentCommands
{
    /// <summary>Stops a deployment where it is when forced; otherwise takes it back.</summary>
    public static CommandOutcome Cancel(Turn turn, string id, bool force)
    {
        if (turn.State.Deployments.Find(id) is not { } deployment)
        {
            return NotFound(turn, id);
        }

        if (force)
        {
            DeploymentSteps.Finish(turn, deployment, DeploymentState.Cancelled, "Stopped where it was");
            return new CommandOutcome.Done();
        }

        if (deployment.IsRollingBack)
        {
            return Conflict(deployment, "rolls back already");
        }

        var outcome = DeploymentStart.Revert(turn, deployment);
        turn.Publish(new ServiceEvent.GroupChanged(PathId.Root, turn.State.Catalog.Tree.Version));
        return outcome;
    }

    /// <summary>Lets a deployment wait.</summary>
    public static CommandOutcome Pause(Turn turn, string id)
    {
        if (turn.State.Deployments.Find(id) is not { } deployment)
        {
            return NotFound(turn, id);
        }

        if (deployment.State == DeploymentState.Paused)
        {
            return Conflict(deployment, "is paused already");
        }

        DeploymentPause.Pause(turn, deployment, "Paused on request");
        return new CommandOutcome.DeploymentSet(id, deployment.State);
    }

    /// <summary>Lets a deployment go on.</summary>
    public static CommandOutcome Resume(Turn turn, string id)
    {
        if (turn.State.Deployments.Find(id) is not { } deployment)
        {
            return NotFound(turn, id);
        }

        if (deployment.State != DeploymentState.Paused)
        {
            return Conflict(deployment, "is not paused");
        }

        DeploymentPause.Resume(turn, deployment);
        return new CommandOutcome.DeploymentSet(id, deployment.State);
    }

    /// <summary>Lets a deployment take the new version.</summary>
    public static CommandOutcome Promote(Turn turn, string id)
    {
        if (turn.State.Deployments.Find(id) is not { } deployment)
        {
            return NotFound(turn, id);
        }

        var waiting = deployment.State == DeploymentState.Paused ? [] : deployment.Runs.Where(run => run.IsAtGate).ToList();
        if (waiting.Count == 0)
        {
            return Conflict(deployment, "does not wait for promotion");
        }

        foreach (var run in waiting)
        {
            DeploymentPromotion.Promote(turn, deployment, run);
        }

        return new CommandOutcome.DeploymentSet(id, deployment.State);
    }

    private static CommandOutcome.Refused NotFound(Turn turn, string id) => turn.State.Deployments.FindFinished(id) is { } over
        ? new(RefusalKind.NotFound, $"Deployment {id} is over: it {Past(over.State)}")
        : new(RefusalKind.NotFound, $"Deployment {id} does not exist");

    private static CommandOutcome.Refused Conflict(Deployment deployment, string why) => new(RefusalKind.Conflict, $"Deployment {deployment.Id} {why}; it is {Present(deployment.State)}");

    private static string Present(DeploymentState state) => state switch
    {
        DeploymentState.Running => "running",
        DeploymentState.Paused => "paused",
        DeploymentState.WaitingForPromotion => "waiting for promotion",
        _ => "rolling back",
    };

    private static string Past(DeploymentState state) => state switch
    {
        DeploymentState.Succeeded => "succeeded",
        DeploymentState.Failed => "failed",
        DeploymentState.Cancelled => "was cancelled",
        _ => "was rolled back",
    };
}
