using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Health;

/// <summary>One health check of a spec, of whatever kind.</summary>
/// <param name="Index">Names it within its spec: the index in an app's checks, the index of a pod's container.</param>
/// <param name="Container">Container of a pod.</param>
/// <param name="IsRunByAgent">Results come with task statuses.</param>
/// <param name="Timing">When it is made and judged.</param>
/// <param name="App">The check of an app, for events and probes.</param>
internal sealed record PlannedCheck(int Index, string? Container, bool IsRunByAgent, CheckTiming Timing, AppHealthCheck? App)
{
    /// <summary>For people: <c>health check 0 (Http /ready)</c>, <c>health check of container web</c>.</summary>
    public string Name => App is null ? $"health check of container {Container}" : $"health check {Index} ({Kind(App)})";

    private static string Kind(AppHealthCheck check) => check.Protocol switch
    {
        HealthProtocol.Command => "command",
        HealthProtocol.Tcp or HealthProtocol.MesosTcp => "TCP",
        HealthProtocol.Https or HealthProtocol.MesosHttps => $"HTTPS {check.Path ?? "/"}",
        _ => $"HTTP {check.Path ?? "/"}",
    };
}

/// <summary>The health checks of specs.</summary>
internal static class CheckPlan
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PlannedCheck> Of(RunSpec? spec) => spec switch
    {
        AppSpec { HealthChecks.Count: > 0 } app => [.. app.HealthChecks.Select((check, index) => new PlannedCheck(index, Container: null, check.IsRunByAgent, check.Timing, check))],
        PodSpec pod => [.. pod.Containers.Index().Where(item => item.Item.HealthCheck is not null).Select(item => new PlannedCheck(item.Index, item.Item.Name, IsRunByAgent: true, item.Item.HealthCheck!.Timing, App: null))],
        _ => [],
    };

    /// <summary>Whether there is any.</summary>
    public static bool HasChecks(this RunSpec? spec) => spec switch
    {
        AppSpec app => app.HealthChecks.Count > 0,
        PodSpec pod => pod.Containers.Any(container => container.HealthCheck is not null),
        _ => false,
    };
}
