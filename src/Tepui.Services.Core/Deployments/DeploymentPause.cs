using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Scaling;

namespace Tepui.Services.Core.Deployments;

/// <summary>Deployments that were told to wait, or wait after a failure: nothing is ended and nothing new is tried, but what runs is kept up.</summary>
internal static class DeploymentPause
{
    /// <summary>Lets a deployment wait.</summary>
    public static void Pause(Turn turn, Deployment deployment, string reason)
    {
        deployment.State = DeploymentState.Paused;
        deployment.Reason = reason;
        deployment.Alarm?.Cancel();
        foreach (var run in deployment.Runs.Where(run => !run.IsDone && run.Action.Kind is ActionKind.Scale or ActionKind.Restart))
        {
            Freeze(turn, deployment, run);
        }

        DeploymentSteps.Save(turn, deployment);
        DeploymentSteps.Tell(turn, deployment, "deployment_paused_event", reason);
    }

    /// <summary>Lets a deployment go on. What failed before does not count any more.</summary>
    public static void Resume(Turn turn, Deployment deployment)
    {
        deployment.State = deployment.IsRollingBack ? DeploymentState.RollingBack : DeploymentState.Running;
        foreach (var run in deployment.Runs)
        {
            run.Held = null;
            run.Failures = 0;
            run.ProgressedAt = turn.Now;
            run.ReadySince = null;
            run.IsAtGate = false;
            turn.Touch(run.Action.Spec);
        }

        deployment.AtGate = 0;
        DeploymentSteps.Save(turn, deployment);
        DeploymentSteps.Tell(turn, deployment, "deployment_resumed_event");
    }

    /// <summary>Replaces what was lost while the deployment waits: after failures of the new version by the one before.</summary>
    public static void Hold(Turn turn, Deployment deployment, ActionRun run)
    {
        var id = run.Action.Spec;
        if (run.IsDone && deployment.Target.Spec(id) is { } reached)
        {
            SteadyState.Keep(turn, reached, reached.Instances);
        }
        else if (run.Held is { } held)
        {
            // What the new version lost is not missed as long as the one before is complete.
            var before = run.Action.Kind == ActionKind.Restart && run.Failures > 0 ? deployment.Original.Spec(id) : null;
            var least = before is null ? held : Math.Min(held, before.Instances);
            Arrivals.Schedule(turn, before ?? deployment.Target.Spec(id)!, least - turn.State.Instances.Of(id).Roster.Wanted);
        }
    }

    // Instances that wait for an offer would come up during the pause. Those that stand in for lost ones may.
    private static void Freeze(Turn turn, Deployment deployment, ActionRun run)
    {
        var spec = deployment.Target.Spec(run.Action.Spec)!;
        var roster = turn.State.Instances.Of(spec.Id).Roster;
        var launched = roster.Wanted - roster[Standing.Waiting];
        var least = Math.Min(deployment.Original.Spec(spec.Id)?.Instances ?? 0, spec.Instances);
        run.Held = Math.Max(launched, Math.Min(roster.Wanted, least));
        Departures.End(turn, spec, Victims.Take(roster.Cohorts.Reverse(), spec, roster.Wanted - run.Held.Value, Standing.Waiting));
    }
}
