namespace Tepui.Services.Core.Events;

/// <summary>How often what operators watch has happened since the start, by metric name.</summary>
internal sealed class EventCounts
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal)
    {
        [Succeeded] = 0,
        [Failed] = 0,
        [Unhealthy] = 0,
        [CheckFailures] = 0,
        [Limits] = 0,
        [CrashLoops] = 0,
        [Autoscaling] = 0,
        [Unknown] = 0,
        [OutOfMemory] = 0,
    };

    private const string Succeeded = "deployments.succeeded";
    private const string Failed = "deployments.failed";
    private const string Unhealthy = "instances.unhealthy-killed";
    private const string CheckFailures = "instances.failed-health-checks";
    private const string Limits = "instances.kill-budget-limits";
    private const string CrashLoops = "instances.crash-loops";
    private const string Autoscaling = "autoscaling.changes";
    private const string Unknown = "instances.unknown-terminated";
    private const string OutOfMemory = "mesos.task.oom.memory-limit-exceeded";

    /// <summary>As of now.</summary>
    public IReadOnlyDictionary<string, long> Snapshot => new Dictionary<string, long>(_counts, StringComparer.Ordinal);

    /// <summary>Counts an event, if it is one of them.</summary>
    public void Take(ServiceEvent happened)
    {
        var name = happened switch
        {
            ServiceEvent.DeploymentChanged { Type: "deployment_success" } => Succeeded,
            ServiceEvent.DeploymentChanged { Type: "deployment_failed" } => Failed,
            ServiceEvent.UnhealthyInstanceKilled => Unhealthy,
            ServiceEvent.HealthCheckFailed => CheckFailures,
            ServiceEvent.KillBudgetChanged { Limited: true } => Limits,
            ServiceEvent.CrashLooped => CrashLoops,
            ServiceEvent.Autoscaled => Autoscaling,
            ServiceEvent.UnknownInstanceTerminated => Unknown,
            ServiceEvent.StatusUpdated { Status: { HasReason: true, Reason: Protocol.V1.TaskStatus.Types.Reason.ContainerLimitationMemory } } => OutOfMemory,
            _ => null,
        };
        if (name is not null)
        {
            _counts[name]++;
        }
    }
}
