using System.Net;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

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

    /// <summary>Where the store lies.</summary>
    public string StoreDirectory => Path.Join(WorkDirectory, "store");

    /// <summary>Reads the settings from flags.</summary>
    /// <exception cref="StartupException">A flag is missing, or flags contradict one another; all problems are listed.</exception>
    public static ServicesSettings From(FlagValues flags)
    {
        var problems = new List<string>();
        var settings = new ServicesSettings
        {
            Masters = Addresses(flags, problems),
            WorkDirectory = flags.Text("work_dir") ?? throw new StartupException("--work_dir is missing: the services scheduler keeps its store there. Give a directory, as in --work_dir=/var/lib/tepui/services.", ExitCode.Usage),
            Ip = Address(flags, problems),
            Port = flags.Integer("http_port"),
            Hostname = flags.Text("hostname"),
            WebUiUrl = flags.Text("webui_url"),
            FrameworkName = flags.Required("framework_name"),
            User = flags.Text("mesos_user"),
            FailoverTimeout = TimeSpan.FromSeconds(flags.Integer("failover_timeout")),
            Checkpoint = flags.Boolean("checkpoint"),
            Authentication = Secret(flags, problems),
            HeartbeatsMissedMax = flags.Number("mesos_heartbeat_failure_threshold"),
            Credentials = ReadCredentials(flags, problems),
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

    private static IReadOnlyList<string> Addresses(FlagValues flags, List<string> problems)
    {
        var masters = flags.List("master");
        foreach (var master in masters.Where(master => master.StartsWith("zk://", StringComparison.Ordinal)))
        {
            problems.Add($"--master is '{master}': masters are not looked up in ZooKeeper; give their addresses, as in --master=10.0.0.1:5050,10.0.0.2:5050.");
        }

        if (masters.Count == 0)
        {
            problems.Add("--master is empty; give the address of a master, as in --master=10.0.0.1:5050.");
        }

        return masters;
    }

    private static IPAddress Address(FlagValues flags, List<string> problems)
    {
        if (flags.Text("http_address") is not { } text)
        {
            return IPAddress.Any;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            problems.Add($"--http_address is '{text}'; an address of this machine is needed, as in 10.0.0.1.");
        }

        return address ?? IPAddress.Any;
    }

    private static string? ReadCredentials(FlagValues flags, List<string> problems)
    {
        var credentials = flags.Text("http_credentials");
        if (credentials is { Length: > 0 } && !credentials.Contains(':', StringComparison.Ordinal))
        {
            problems.Add("--http_credentials has no colon; it must be USER:PASSWORD.");
        }

        return credentials is { Length: > 0 } ? credentials : null;
    }

    private static (string Principal, string Secret)? Secret(FlagValues flags, List<string> problems)
    {
        if (flags.Text("mesos_authentication_principal") is not { } principal)
        {
            if (flags.Boolean("mesos_authentication"))
            {
                problems.Add("--mesos_authentication needs --mesos_authentication_principal.");
            }

            return null;
        }

        var secret = flags.Text("mesos_authentication_secret") ?? "";
        if (flags.Text("mesos_authentication_secret_file") is { } file)
        {
            try
            {
                secret = File.ReadAllText(file).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"--mesos_authentication_secret_file cannot be read: {e.Message}");
            }
        }

        return (principal, secret);
    }
}
