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
        Deployments = [],
        Finished = [],
        Queue = [],
        Failures = new Dictionary<Specs.PathId, TaskFailure>(),
        CrashLoops = new Dictionary<Specs.PathId, CrashLoop>(),
        KillBudgets = new Dictionary<Specs.PathId, KillBudgetStatus>(),
        Health = new Dictionary<Instances.InstanceId, IReadOnlyList<Health.HealthResult>>(),
        Scaling = new Dictionary<Specs.PathId, ScalingDecision>(),
        Callbacks = [.. state.Callbacks],
        Terminated = new Dictionary<Specs.PathId, IReadOnlyList<Instances.Instance>>(),
        Counters = new Dictionary<string, long>(),
        Versions = state.Catalog.Versions,
    };
}
