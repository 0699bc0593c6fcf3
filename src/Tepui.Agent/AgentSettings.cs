using System.Net;
using Microsoft.Extensions.Logging;
using Tepui.Protocol.V1;
using Tepui.Runtime.Logs;

namespace Tepui.Agent;

/// <summary>What an agent is told at its start. Names and defaults are those of the flags of the same name.</summary>
public sealed record AgentSettings
{
    /// <summary>Where masters are: <c>HOST:PORT</c>, several separated by commas. One that is not the leader sends the agent on to the leader.</summary>
    public required string Master { get; init; }

    /// <summary>Sandboxes and what must be found again after a restart; made if missing.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Address to listen on; all of the machine's unless set.</summary>
    public IPAddress? Ip { get; init; }

    /// <summary>Port to listen on; 0 lets the system choose, which only fits agents whose executors need not find them again.</summary>
    public int Port { get; init; } = 5051;

    /// <summary>Address told to others, instead of the one found.</summary>
    public string? AdvertiseIp { get; init; }

    /// <summary>Port told to others, instead of the one listened on.</summary>
    public int? AdvertisePort { get; init; }

    /// <summary>Name told to others; found by looking it up unless set.</summary>
    public string? Hostname { get; init; }

    /// <summary>Whether a name may be looked up; otherwise the address is told.</summary>
    public bool HostnameLookup { get; init; } = true;

    /// <summary>Resources as text or JSON, as in <c>cpus:8;mem:4096</c>; kinds not named are found on the machine.</summary>
    public string Resources { get; init; } = "";

    /// <summary>Role of resources that name none.</summary>
    public string DefaultRole { get; init; } = "*";

    /// <summary>Attributes as text, as in <c>rack:r1;zone:z1</c>.</summary>
    public string Attributes { get; init; } = "";

    /// <summary>Where the machine is, as JSON or nothing.</summary>
    public DomainInfo? Domain { get; init; }

    /// <summary>Tasks run as the user they name, which needs root; otherwise as the agent's own user.</summary>
    public bool SwitchUser { get; init; } = true;

    /// <summary>Directory that relative URIs are taken from; without one they are refused.</summary>
    public string? FrameworksHome { get; init; }

    /// <summary>A fetch that gets no byte for so long fails.</summary>
    public TimeSpan FetcherStallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait before the second try to reach a master; doubles up to one minute. The first try is made at once.</summary>
    public TimeSpan RegistrationBackoffFactor { get; init; } = TimeSpan.FromSeconds(1);

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

    /// <summary>Completed executors kept for display, per framework.</summary>
    public int MaxCompletedExecutorsPerFramework { get; init; } = 150;

    /// <summary>Variables given to every executor and task, by name.</summary>
    public IReadOnlyDictionary<string, string> ExecutorEnvironmentVariables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Flags in force, by name, as readers see them; those without a value are left out.</summary>
    public IReadOnlyDictionary<string, string> Flags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The log shown as <c>/slave/log</c>, if there is one.</summary>
    public string? LogFile { get; init; }

    /// <summary>Program and first arguments that run the supervisor; the running program unless set.</summary>
    public IReadOnlyList<string>? SupervisorCommand { get; init; }

    /// <summary>First wait before an unacknowledged status update is sent again; doubles each time.</summary>
    public TimeSpan StatusUpdateRetryMin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Number in the agent's name <c>slave(N)</c>, for several in one process.</summary>
    public int Instance { get; init; } = 1;

    /// <summary>How much is logged, where one process has several parts; its own unless set.</summary>
    public LoggingLevel? LoggingLevel { get; init; }

    /// <summary>Where logs go; <see langword="null"/> for nowhere.</summary>
    public ILoggerFactory? Logs { get; init; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
