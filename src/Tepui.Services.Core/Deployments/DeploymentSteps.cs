using Tepui.Services.Core.Events;
using Tepui.Services.Core.Health;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Leads a deployment from step to step and to its end.</summary>
internal static class DeploymentSteps
{
    /// <summary>Begins a step, or ends the deployment when there is none left.</summary>
    public static void Enter(Turn turn, Deployment deployment, int step)
    {
        deployment.Enter(step, turn.Now);
        if (step == deployment.Steps.Count)
        {
            Finish(turn, deployment, deployment.IsRollingBack ? DeploymentState.RolledBack : DeploymentState.Succeeded, deployment.Reason);
            return;
        }

        Save(turn, deployment);
        Touch(turn, deployment.Specs);
        Tell(turn, deployment, "deployment_info");
    }

    /// <summary>All actions of the present step are done.</summary>
    public static void Over(Turn turn, Deployment deployment)
    {
        if (deployment.State == DeploymentState.WaitingForPromotion)
        {
            deployment.State = DeploymentState.Running;
        }

        Tell(turn, deployment, "deployment_step_success");
        Enter(turn, deployment, deployment.StepIndex + 1);
    }

    /// <summary>Nothing more is done for it; whom it owned is free.</summary>
    public static void Finish(Turn turn, Deployment deployment, DeploymentState state, string reason)
    {
        deployment.State = state;
        deployment.Reason = reason;
        deployment.Alarm?.Cancel();
        var view = DeploymentViews.Take(turn.State, deployment, turn.Now) with { FinishedAt = turn.Now };
        turn.State.Deployments.Remove(deployment);
        turn.State.Deployments.Keep(turn, view.Brief());
        ReadinessChecks.Over(turn, deployment);
        Touch(turn, deployment.Specs);
        turn.Publish(state == DeploymentState.Succeeded
            ? new ServiceEvent.DeploymentChanged("deployment_success", view)
            : new ServiceEvent.DeploymentChanged("deployment_failed", view, reason));
    }

    /// <summary>Makes it durable as it is now.</summary>
    public static void Save(Turn turn, Deployment deployment) => turn.Persist(StoreKeys.Deployment(deployment.Id), DeploymentEntries.Write(deployment));

    /// <summary>Tells the subscribers how it stands.</summary>
    public static void Tell(Turn turn, Deployment deployment, string type, string? reason = null) =>
        turn.Publish(new ServiceEvent.DeploymentChanged(type, DeploymentViews.Take(turn.State, deployment, turn.Now), reason));

    /// <summary>Looks at all unfinished actions again at this time, or before.</summary>
    public static void WakeAt(Turn turn, Deployment deployment, DateTimeOffset due)
    {
        if (deployment.Alarm is { IsSet: true } alarm && alarm.Due <= due)
        {
            return;
        }

        deployment.Alarm?.Cancel();
        deployment.Alarm = turn.State.Deadlines.Set(due, later => Touch(later, deployment.Runs.Where(run => !run.IsDone).Select(run => run.Action.Spec)));
    }

    private static void Touch(Turn turn, IEnumerable<PathId> specs)
    {
        foreach (var spec in specs)
        {
            turn.Touch(spec);
        }
    }
}
