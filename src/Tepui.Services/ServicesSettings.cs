using System.Net;
using Tepui.Frameworks.Hosting;
using Tepui.Frameworks.Scheduling;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Services;

/// <summary>How a services scheduler runs. Names, defaults and meanings are those of the flags.</summary>
public sealed record ServicesSettings
{
    /// <summary>Masters of the pool, HOST:PORT each.</summary>
    public IReadOnlyList<string> Masters { get; init; } = ["127.0.0.1:5050"];

    /// <summary>Directory of the store.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Whether each write to the store waits for the disk. Without, a crash of the machine (not of the process) may lose the last writes.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Address to listen on.</summary>
    public IPAddress Ip { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 lets the system choose.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Host name told to others; <see langword="null"/> for that of the machine.</summary>
    public string? Hostname { get; init; }

    /// <summary>Address of the web page, told to the master; <see langword="null"/> for the own one.</summary>
    public string? WebUiUrl { get; init; }

    /// <summary>Name told to the master.</summary>
    public string FrameworkName { get; init; } = "marathon";

    /// <summary>User that tasks run as; <see langword="null"/> for the user of the process.</summary>
    public string? User { get; init; }

    /// <summary>Time the master keeps the tasks of a scheduler that is away.</summary>
    public TimeSpan FailoverTimeout { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Tasks outlive the restart of their agent.</summary>
    public bool Checkpoint { get; init; } = true;

    /// <summary>Principal and secret told to the master, if it wants them.</summary>
    public (string Principal, string Secret)? Authentication { get; init; }

    /// <summary>Heartbeats of the master that may be missed.</summary>
    public double HeartbeatsMissedMax { get; init; } = 5;

    /// <summary>USER:PASSWORD that every request must bear.</summary>
    public string? Credentials { get; init; }

    /// <summary>Realm told to clients without credentials.</summary>
    public string Realm { get; init; } = "Mesosphere";

    /// <summary>Requests served at one time.</summary>
    public int? RequestsMax { get; init; }

    /// <summary>Origins that browsers may call from.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Compress answers for clients that take gzip.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Events that may wait for a slow reader.</summary>
    public int EventsWaitingMax { get; init; } = 1024;

    /// <summary>Checks made at one time.</summary>
    public int ChecksMax { get; init; } = 256;

    /// <summary>Before the names of metrics.</summary>
    public string MetricsPrefix { get; init; } = "marathon";

    /// <summary>Serve <c>/metrics/prometheus</c>.</summary>
    public bool ServePrometheus { get; init; } = true;

    /// <summary>What the core is told, without its ids.</summary>
    public Core.ServicesOptions Core { get; init; } = new();

    /// <summary>All flags in force, when the settings came from flags.</summary>
    public FlagValues? Flags { get; init; }

    /// <summary>Who the scheduler is to the master.</summary>
    public FrameworkProfile Profile => new()
    {
        Masters = Masters,
        Name = FrameworkName,
        User = User,
        WebUiUrl = WebUiUrl,
        Checkpoint = Checkpoint,
        FailoverTimeout = FailoverTimeout,
        Authentication = Authentication,
        HeartbeatsMissedMax = HeartbeatsMissedMax,
        Capabilities = Core.Features.Contains("gpu_resources") ? [.. FrameworkProfile.StandardCapabilities, Capability.GpuResources] : FrameworkProfile.StandardCapabilities,
    };

    /// <summary>Where the store lies.</summary>
    public string StoreDirectory => Path.Join(WorkDirectory, "store");

    /// <summary>Reads the settings from flags.</summary>
    /// <exception cref="StartupException">A flag is missing, or flags contradict one another; all problems are listed.</exception>
    public static ServicesSettings From(FlagValues flags)
    {
        var problems = new List<string>();
        var settings = new ServicesSettings
        {
            Masters = FrameworkFlags.Masters(flags, problems),
            WorkDirectory = flags.Text("work_dir") ?? throw new StartupException("--work_dir is missing: the services scheduler keeps its store there. Give a directory, as in --work_dir=/var/lib/tepui/services.", ExitCode.Usage),
            Ip = FrameworkFlags.Address(flags, problems),
            Port = flags.Integer("http_port"),
            Hostname = flags.Text("hostname"),
            WebUiUrl = flags.Text("webui_url"),
            FrameworkName = flags.Required("framework_name"),
            User = flags.Text("mesos_user"),
            FailoverTimeout = TimeSpan.FromSeconds(flags.Integer("failover_timeout")),
            Checkpoint = flags.Boolean("checkpoint"),
            Authentication = Secret(flags, problems),
            HeartbeatsMissedMax = flags.Number("mesos_heartbeat_failure_threshold"),
            Credentials = FrameworkFlags.Credentials(flags, problems),
            Realm = flags.Required("http_realm"),
            RequestsMax = flags.IntegerOrNull("http_max_concurrent_requests"),
            AllowedOrigins = flags.List("access_control_allow_origin"),
            Compress = flags.Boolean("http_compression"),
            EventsWaitingMax = flags.Integer("event_stream_max_outstanding_messages"),
            ChecksMax = flags.Integer("max_concurrent_marathon_health_checks"),
            MetricsPrefix = flags.Required("metrics_name_prefix"),
            ServePrometheus = flags.Boolean("metrics_prometheus"),
            Core = CoreOptions.From(flags, problems),
            Flags = flags,
        };
        return problems.Count == 0 ? settings : throw new StartupException(string.Join('\n', problems), ExitCode.Usage);
    }

    internal static TimeSpan Milliseconds(FlagValues flags, string name) => TimeSpan.FromMilliseconds(flags.Integer(name));

    private static (string Principal, string Secret)? Secret(FlagValues flags, List<string> problems)
    {
        var given = FrameworkFlags.Authentication(flags, flags.Text("mesos_authentication_secret"), problems);
        if (given is null && flags.Boolean("mesos_authentication"))
        {
            problems.Add("--mesos_authentication needs --mesos_authentication_principal.");
        }

        return given;
    }
}
