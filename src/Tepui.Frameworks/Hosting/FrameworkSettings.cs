using System.Net;
using Tepui.Frameworks.Scheduling;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Rest;

namespace Tepui.Frameworks.Hosting;

/// <summary>How a framework runs, as far as all frameworks do so alike. Names, defaults and meanings are those of the flags.</summary>
public abstract record FrameworkSettings
{
    /// <summary>The settings of a framework that nothing was set for.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="frameworkName">Its name.</param>
    protected FrameworkSettings(int port, string frameworkName)
    {
        Port = port;
        FrameworkName = frameworkName;
    }

    /// <summary>Masters of the pool, HOST:PORT each.</summary>
    public IReadOnlyList<string> Masters { get; init; } = ["127.0.0.1:5050"];

    /// <summary>Directory of the store.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Whether each write to the store waits for the disk. Without, a crash of the machine (not of the process) may lose the last writes.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Address to listen on.</summary>
    public IPAddress Ip { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>Host name told to others; <see langword="null"/> for that of the machine.</summary>
    public string? Hostname { get; init; }

    /// <summary>Address of the web page, told to the master; <see langword="null"/> for the own one.</summary>
    public string? WebUiUrl { get; init; }

    /// <summary>Name told to the master.</summary>
    public string FrameworkName { get; init; }

    /// <summary>User that tasks run as; <see langword="null"/> for the user of the process.</summary>
    public string? User { get; init; }

    /// <summary>Time the master keeps the tasks of a framework that is away.</summary>
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

    /// <summary>Origins that browsers may call from. What pages of other origins may do is each API's own.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Compress answers for clients that take gzip.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Events that may wait for a slow reader.</summary>
    public int EventsWaitingMax { get; init; } = 1024;

    /// <summary>All flags in force, when the settings came from flags.</summary>
    public FlagValues? Flags { get; init; }

    /// <summary>Where the store lies.</summary>
    public string StoreDirectory => Path.Join(WorkDirectory, "store");

    /// <summary>Who the framework is to the master.</summary>
    public virtual FrameworkProfile Profile => new()
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

    /// <summary>Which requests it takes.</summary>
    public RestGateOptions Gate => new()
    {
        Credentials = Credentials,
        Realm = Realm,
        RequestsMax = RequestsMax,
        AllowedOrigins = AllowedOrigins,
        Compress = Compress,
    };

    /// <summary>Settings with what the flags say that every framework has under the same name.</summary>
    protected static TSettings Shared<TSettings>(TSettings settings, FlagValues flags, List<string> problems)
        where TSettings : FrameworkSettings => settings with
        {
            Masters = FrameworkFlags.Masters(flags, problems),
            Ip = FrameworkFlags.Address(flags, problems),
            Port = flags.Integer("http_port"),
            Hostname = flags.Text("hostname"),
            WebUiUrl = flags.Text("webui_url"),
            FailoverTimeout = TimeSpan.FromSeconds(flags.Integer("failover_timeout")),
            HeartbeatsMissedMax = flags.Number("mesos_heartbeat_failure_threshold"),
            Realm = flags.Required("http_realm"),
            RequestsMax = flags.IntegerOrNull("http_max_concurrent_requests"),
            AllowedOrigins = flags.List("access_control_allow_origin"),
            Compress = flags.Boolean("http_compression"),
            EventsWaitingMax = flags.Integer("event_stream_max_outstanding_messages"),
            Flags = flags,
        };

    /// <summary>Settings whose flags had no problems.</summary>
    /// <exception cref="StartupException">There are problems; all are listed.</exception>
    protected static TSettings Sound<TSettings>(TSettings settings, List<string> problems)
        where TSettings : FrameworkSettings =>
        problems.Count == 0 ? settings : throw new StartupException(string.Join('\n', problems), ExitCode.Usage);
}
