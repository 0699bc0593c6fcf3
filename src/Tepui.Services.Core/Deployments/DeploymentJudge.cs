using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Scaling;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Says of one action whether it is done, waits for promotion, comes nearer to its end, or has failed.</summary>
internal static class DeploymentJudge
{
    /// <summary>After the action did what it could.</summary>
    public static void Judge(Turn turn, Deployment deployment, ActionRun run)
    {
        if (run.IsDone)
        {
            return;
        }

        if (IsDone(turn.State, deployment, run))
        {
            Done(turn, deployment, run);
            return;
        }

        if (deployment.Target.Spec(run.Action.Spec) is { } spec)
        {
            var tally = Tally.Of(turn.State, spec);
            Progress(turn, run, tally, spec);
            Gate(turn, deployment, run, tally, spec);
            Limits(turn, deployment, run, spec);
        }
    }

    private static bool IsDone(ServicesState state, Deployment deployment, ActionRun run)
    {
        var id = run.Action.Spec;
        return run.Action.Kind switch
        {
            ActionKind.Start => true,
            ActionKind.Stop => IsGone(state.Instances.Of(id).Roster),
            ActionKind.Scale => IsScaled(Tally.Of(state, deployment.Target.Spec(id)!), deployment.Original.Spec(id), deployment.Target.Spec(id)!),
            _ => !Strategies.NeedsPromotion(deployment, run, deployment.Target.Spec(id)!) && IsReplaced(Tally.Of(state, deployment.Target.Spec(id)!), deployment.Target.Spec(id)!),
        };
    }

    // Nothing waits for instances that cannot be reached, nor for resources to be given back.
    private static bool IsGone(Roster roster) => roster.Wanted + roster[Standing.Ending] + roster[Standing.Stopping] == 0;

    // Fewer instances need not prove themselves anew; more must.
    private static bool IsScaled(in Tally now, RunSpec? before, RunSpec after) => now.Old + now.New == after.Instances
        && (before?.Instances > after.Instances ? now.Ending == 0 && now.OldFailing + now.OldServing + now.NewRunning >= after.Instances : now.Serving >= after.Instances);

    private static bool IsReplaced(in Tally now, RunSpec after) =>
        now.Old == 0 && now.OldInactive == 0 && now.Ending == 0 && now.New == after.Instances && now.NewReady == after.Instances;

    private static void Done(Turn turn, Deployment deployment, ActionRun run)
    {
        run.IsDone = true;
        SetAtGate(deployment, run, false);
        deployment.Undone--;
        if (run.Action.Kind == ActionKind.Stop)
        {
            turn.State.Queue.ResetDelay(turn, run.Action.Spec);
            turn.Publish(new ServiceEvent.AppTerminated(run.Action.Spec));
        }

        if (deployment.Undone == 0)
        {
            DeploymentSteps.Over(turn, deployment);
        }
    }

    private static void Progress(Turn turn, ActionRun run, in Tally tally, RunSpec spec)
    {
        var leaving = tally.Old + tally.Ending + Math.Max(0, tally.New - spec.Instances);
        if (tally.NewReady > run.MostReady || leaving < run.FewestLeaving)
        {
            run.ProgressedAt = turn.Now;
        }

        run.MostReady = Math.Max(run.MostReady, tally.NewReady);
        run.FewestLeaving = Math.Min(run.FewestLeaving, leaving);
    }

    private static void Gate(Turn turn, Deployment deployment, ActionRun run, in Tally tally, RunSpec spec)
    {
        var isAtGate = Strategies.NeedsPromotion(deployment, run, spec) && tally.NewReady >= Strategies.Bounds(deployment, run, spec).MostNew;
        run.ReadySince = isAtGate ? run.ReadySince ?? turn.Now : null;
        SetAtGate(deployment, run, isAtGate);
        if (isAtGate && run.Promotions == 0 && spec.Deployment is { PromoteAutomatically: true } policy && turn.Now >= run.ReadySince?.After(policy.PromoteAfter))
        {
            DeploymentPromotion.Promote(turn, deployment, run);
        }

        ShowGate(turn, deployment);
    }

    private static void SetAtGate(Deployment deployment, ActionRun run, bool isAtGate)
    {
        deployment.AtGate += (isAtGate ? 1 : 0) - (run.IsAtGate ? 1 : 0);
        run.IsAtGate = isAtGate;
    }

    private static void ShowGate(Turn turn, Deployment deployment)
    {
        var isWaiting = deployment.AtGate > 0 && deployment.AtGate == deployment.Undone;
        var shown = isWaiting ? DeploymentState.WaitingForPromotion : DeploymentState.Running;
        if (deployment.State is DeploymentState.Running or DeploymentState.WaitingForPromotion && deployment.State != shown)
        {
            deployment.State = shown;
            DeploymentSteps.Tell(turn, deployment, "deployment_info");
        }
    }

    private static void Limits(Turn turn, Deployment deployment, ActionRun run, RunSpec spec)
    {
        if (deployment.IsReturning || spec.Deployment is not { } policy)
        {
            return;
        }

        if (DeploymentFailures.Problem(turn, deployment, run, policy) is { } problem)
        {
            DeploymentFailures.Fail(turn, deployment, policy, problem);
        }
        else if (Due(run, policy) is { } due)
        {
            DeploymentSteps.WakeAt(turn, deployment, due);
        }
    }

    private static DateTimeOffset? Due(ActionRun run, DeploymentPolicy policy)
    {
        if (run.IsAtGate)
        {
            return run.Promotions == 0 && policy.PromoteAutomatically ? run.ReadySince?.After(policy.PromoteAfter) : null;
        }

        return policy.ProgressDeadline > TimeSpan.Zero ? run.ProgressedAt.After(policy.ProgressDeadline) : null;
    }
}
