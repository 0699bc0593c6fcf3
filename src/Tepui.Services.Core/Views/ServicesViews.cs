namespace Tepui.Services.Core.Views;

/// <summary>Takes views.</summary>
internal static class ServicesViews
{
    /// <summary>What readers see now.</summary>
    public static ServicesView Take(ServicesState state, DateTimeOffset now) => new()
    {
        At = now,
        Framework = state.Framework,
        Master = state.Master,
        Tree = state.Catalog.Tree,
        Instances = state.Instances.Specs.Where(id => state.Instances.Of(id).Count > 0).ToDictionary(id => id, id => state.Instances.Of(id).Snapshot),
        Deployments = state.Deployments.Views(state, now),
        Finished = state.Deployments.Finished,
        Queue = state.Queue.View(now),
        Failures = state.Failures.Last,
        CrashLoops = state.Failures.Loops(state),
        KillBudgets = state.Budget.Snapshot(state),
        Health = state.Health.Snapshot,
        Scaling = state.Scaling.Snapshot,
        Callbacks = [.. state.Callbacks],
        Terminated = state.Terminated.Snapshot,
        Counters = state.Counts.Snapshot,
        Versions = state.Catalog.Versions,
    };
}
