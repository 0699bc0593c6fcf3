using System.Globalization;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Deployments that get nowhere, and what is done about them.</summary>
internal static class DeploymentFailures
{
    /// <summary>An instance of an owned spec has changed that was asked for before.</summary>
    public static void Observe(Turn turn, Deployment deployment, Instance before, Instance after)
    {
        if (!IsFailure(before, after)
            || deployment.RunOf(before.Spec) is not { IsDone: false, Action.Kind: ActionKind.Scale or ActionKind.Restart } run
            || deployment.Target.Spec(before.Spec)!.LastConfigChangeAt != before.ConfigVersion)
        {
            return;
        }

        run.Failures++;
        if (deployment.Target.Spec(before.Spec)!.Deployment is { FailureThreshold: > 0 })
        {
            DeploymentSteps.Save(turn, deployment);
        }
    }

    /// <summary>Why an action has failed by its policy, if it has.</summary>
    public static string? Problem(Turn turn, Deployment deployment, ActionRun run, DeploymentPolicy policy)
    {
        var last = Last(turn.State, deployment, run.Action.Spec);
        if (policy.FailureThreshold > 0 && run.Failures >= policy.FailureThreshold)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{run.Action.Spec}: {run.Failures} new instances have failed; the limit is {policy.FailureThreshold}{last}");
        }

        return policy.ProgressDeadline > TimeSpan.Zero && !run.IsAtGate && turn.Now >= run.ProgressedAt.After(policy.ProgressDeadline)
            ? string.Create(CultureInfo.InvariantCulture, $"{run.Action.Spec}: no progress for {policy.ProgressDeadline.TotalSeconds:0} s; {run.MostReady} new instances were ready at most{last}")
            : null;
    }

    /// <summary>What the last failure during the deployment said, as the end of a sentence; empty if there was none.</summary>
    public static string Last(ServicesState state, Deployment deployment, PathId spec) => state.Failures.Find(spec) is { } last && last.At >= deployment.StartedAt
        ? $"; the last on {last.Host}: {(last.Message.Length > 0 ? last.Message : last.State.ToString())}"
        : "";

    /// <summary>The deployment goes back, or waits for a decision.</summary>
    public static void Fail(Turn turn, Deployment deployment, DeploymentPolicy policy, string reason)
    {
        DeploymentSteps.Tell(turn, deployment, "deployment_step_failure", reason);
        if (!policy.AutoRollback)
        {
            DeploymentPause.Pause(turn, deployment, reason);
        }
        else if (deployment.Original.Specs.IsEmpty)
        {
            DeploymentPause.Pause(turn, deployment, $"{reason}. There is no version before to go back to");
        }
        else
        {
            DeploymentReversal.GoBack(turn, deployment, reason);
        }
    }

    // Not counted: what we ended ourselves, what its agent took along, and what never was launched.
    private static bool IsFailure(Instance before, Instance after)
    {
        if (before.Condition is Condition.Scheduled or Condition.Killing or Condition.Unreachable or Condition.UnreachableInactive)
        {
            return false;
        }

        return after.Condition switch
        {
            Condition.Failed or Condition.Finished or Condition.Error => true,
            Condition.Killed or Condition.Killing => before.Healthy == false || after.Goal == Goal.Running,
            _ => false,
        };
    }
}
