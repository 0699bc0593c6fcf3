using System.Net;
using Tepui.Frameworks.Hosting;
using Tepui.Frameworks.Scheduling;
using Tepui.Jobs.Core;
using Tepui.Jobs.Notices;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

namespace Tepui.Jobs;

/// <summary>How a jobs scheduler runs. Names, defaults and meanings are those of the flags.</summary>
public sealed record JobsSettings
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
    public int Port { get; init; } = 4400;

    /// <summary>Host name told to others; <see langword="null"/> for that of the machine.</summary>
    public string? Hostname { get; init; }

    /// <summary>Address of the web page, told to the master; <see langword="null"/> for the own one.</summary>
    public string? WebUiUrl { get; init; }

    /// <summary>Name told to the master.</summary>
    public string FrameworkName { get; init; } = "chronos";

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

    /// <summary>Origins whose pages may change jobs from a browser. Pages of any origin may read.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Compress answers for clients that take gzip.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Events that may wait for a slow reader.</summary>
    public int EventsWaitingMax { get; init; } = 1024;

    /// <summary>Runs shown in <c>/job/stat</c>.</summary>
    public int HistoryLimit { get; init; } = 5;

    /// <summary>Where notices go.</summary>
    public NoticeSettings Notices { get; init; } = new();

    /// <summary>What the core is told.</summary>
    public JobsOptions Core { get; init; } = new();

    /// <summary>All flags in force, when the settings came from flags.</summary>
    public FlagValues? Flags { get; init; }

    /// <summary>Where the store lies.</summary>
    public string StoreDirectory => Path.Join(WorkDirectory, "store");

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
    };

    /// <summary>Reads the settings from flags.</summary>
    /// <exception cref="StartupException">A flag is missing, or flags contradict one another; all problems are listed.</exception>
    public static JobsSettings From(FlagValues flags)
    {
        var problems = new List<string>();
        var settings = new JobsSettings
        {
            Masters = FrameworkFlags.Masters(flags, problems),
            WorkDirectory = flags.Text("work_dir") ?? throw new StartupException("--work_dir is missing: the jobs scheduler keeps its store there. Give a directory, as in --work_dir=/var/lib/tepui/jobs.", ExitCode.Usage),
            Ip = FrameworkFlags.Address(flags, problems),
            Port = flags.Integer("http_port"),
            Hostname = flags.Text("hostname"),
            WebUiUrl = flags.Text("webui_url"),
            FrameworkName = flags.Required("mesos_framework_name"),
            User = flags.Text("user"),
            FailoverTimeout = TimeSpan.FromSeconds(flags.Integer("failover_timeout")),
            Checkpoint = flags.Boolean("mesos_checkpoint"),
            Authentication = FrameworkFlags.Authentication(flags, inline: null, problems),
            HeartbeatsMissedMax = flags.Number("mesos_heartbeat_failure_threshold"),
            Credentials = FrameworkFlags.Credentials(flags, problems),
            Realm = flags.Required("http_realm"),
            RequestsMax = flags.IntegerOrNull("http_max_concurrent_requests"),
            AllowedOrigins = flags.List("access_control_allow_origin"),
            Compress = flags.Boolean("http_compression"),
            EventsWaitingMax = flags.Integer("event_stream_max_outstanding_messages"),
            HistoryLimit = flags.Integer("job_history_limit"),
            Notices = NoticeSettings.From(flags, problems),
            Core = CoreOptions.From(flags, problems),
            Flags = flags,
        };
        return problems.Count == 0 ? settings : throw new StartupException(string.Join('\n', problems), ExitCode.Usage);
    }
}
