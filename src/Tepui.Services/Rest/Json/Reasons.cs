using Tepui.Services.Core.Explaining;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>Why instances wait, in sentences.</summary>
internal static class Reasons
{
    /// <summary>All reasons that hold now; one sentence when nothing waits.</summary>
    public static IReadOnlyList<string> Of(ServicesView view, RunSpec spec, InstanceCounts counts, QueueItem? queued, Explanation explanation)
    {
        var reasons = new List<string>();
        if (view.Master is null)
        {
            reasons.Add("The scheduler is not subscribed at a master now; nothing can be launched.");
        }

        AddDeployment(reasons, view, spec);
        if (queued is not null)
        {
            AddQueue(reasons, view, queued, explanation);
        }

        if (view.CrashLoops.GetValueOrDefault(spec.Id) is { } loop)
        {
            reasons.Add($"Instances keep failing ({loop.Kind}, {loop.Count} times since {Timestamps.Text(loop.Since)}): {loop.Message}");
        }

        if (view.KillBudgets.GetValueOrDefault(spec.Id) is { } budget)
        {
            reasons.Add($"Replacement of {budget.Unhealthy} unhealthy instances is limited to {budget.Allowed} at a time: {budget.Reason}");
        }

        if (counts.Staged > 0)
        {
            reasons.Add($"{counts.Staged} instances are starting.");
        }

        if (reasons.Count == 0)
        {
            reasons.Add(counts.Running >= spec.Instances ? "All wanted instances run." : $"{counts.Running} of {spec.Instances} instances run.");
        }

        return reasons;
    }

    private static void AddDeployment(List<string> reasons, ServicesView view, RunSpec spec)
    {
        foreach (var deployment in view.Deployments.Where(deployment => deployment.Reason.Length > 0 && deployment.Steps.Any(step => step.Actions.Any(action => action.Spec == spec.Id))))
        {
            reasons.Add($"Deployment {deployment.Id} is {DeploymentJson.StateText(deployment.State)}: {deployment.Reason}");
        }
    }

    private static void AddQueue(List<string> reasons, ServicesView view, QueueItem queued, Explanation explanation)
    {
        if (queued.DelayedUntil is { } until && until > view.At)
        {
            reasons.Add($"{queued.Count} instances wait {Math.Ceiling((until - view.At).TotalSeconds)} s after failures.");
            return;
        }

        reasons.Add(queued.Offers.Processed == 0
            ? $"{queued.Count} instances wait for an offer; none came since {Timestamps.Text(queued.Since)}."
            : $"{queued.Count} instances wait; {queued.Offers.Unused} of {queued.Offers.Processed} offers did not do.");
        reasons.AddRange(explanation.Reasons);
        if (explanation.Fitting > 0 && queued.Held is null)
        {
            reasons.Add($"{explanation.Fitting} of {explanation.Agents} agents have room for one; the next offer is waited for.");
        }
    }
}
