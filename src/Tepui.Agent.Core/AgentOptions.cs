using Tepui.Protocol.V1;

namespace Tepui.Agent.Core;

/// <summary>What an agent core is told once, at its start. Names and defaults are those of the flags of the same name.</summary>
public sealed record AgentOptions
{
    /// <summary>Hostname, port, resources, attributes as configured or found; id unset.</summary>
    public required AgentInfo Info { get; init; }

    /// <summary>Address executors and masters reach it at, an IP literal.</summary>
    public required string Ip { get; init; }

    /// <summary>Tepui's version.</summary>
    public required string Version { get; init; }

    /// <summary>Absolute path of the work directory; sandboxes are below it.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>The machine's boot id; another one at recovery means that nothing survived.</summary>
    public required string BootId { get; init; }

    /// <summary>Tasks run as the user they name (root only); otherwise as the agent's own.</summary>
    public bool SwitchUser { get; init; } = true;

    /// <summary>An executor must subscribe within this time of its start.</summary>
    public TimeSpan ExecutorRegistrationTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After a restart of the agent, executors must subscribe again within this time.</summary>
    public TimeSpan ExecutorReregistrationTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time an executor has between SHUTDOWN and being killed.</summary>
    public TimeSpan ExecutorShutdownGracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An executor that cannot reach the agent for so long ends itself.</summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Sandboxes of ended executors are kept for so long, space permitting.</summary>
    public TimeSpan GcDelay { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Share of the disk to keep free by collecting earlier, 0 to 1.</summary>
    public double GcDiskHeadroom { get; init; } = 0.1;

    /// <summary>Time between measurements of the disk.</summary>
    public TimeSpan DiskWatchInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>First wait before an unacknowledged status update is sent again; doubles each time.</summary>
    public TimeSpan StatusUpdateRetryMin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait between two sends of the same update.</summary>
    public TimeSpan StatusUpdateRetryMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Completed frameworks kept for display.</summary>
    public int MaxCompletedFrameworks { get; init; } = 50;

    /// <summary>Completed executors kept for display, per framework.</summary>
    public int MaxCompletedExecutorsPerFramework { get; init; } = 150;

    /// <summary>Completed tasks kept for display, per executor.</summary>
    public int MaxCompletedTasksPerExecutor { get; init; } = 200;

    /// <summary>Variables given to every executor and task, by name.</summary>
    public IReadOnlyDictionary<string, string> ExecutorEnvironmentVariables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Seed of the generator of container ids and update uuids.</summary>
    public required int Seed { get; init; }
}
