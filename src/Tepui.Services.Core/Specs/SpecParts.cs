namespace Tepui.Services.Core.Specs;

/// <summary>Value of an environment variable: text, or the name of a secret.</summary>
public readonly record struct EnvValue(string? Text, string? Secret);

/// <summary>A rule on where instances run.</summary>
/// <param name="Field"><c>hostname</c>, <c>@hostname</c>, <c>@region</c>, <c>@zone</c> or the name of an attribute.</param>
/// <param name="Operator">Which rule.</param>
/// <param name="Value">As the rule needs it.</param>
public sealed record Constraint(string Field, ConstraintOperator Operator, string? Value);

/// <summary>Rules of <see cref="Constraint"/>.</summary>
public enum ConstraintOperator
{
    /// <summary>No two instances share the value.</summary>
    Unique,

    /// <summary>All instances share the value.</summary>
    Cluster,

    /// <summary>Instances spread evenly over the values.</summary>
    GroupBy,

    /// <summary>The value matches a regular expression as a whole.</summary>
    Like,

    /// <summary>The value does not match, or is missing.</summary>
    Unlike,

    /// <summary>At most so many instances share a value.</summary>
    MaxPer,

    /// <summary>The value is this.</summary>
    Is,
}

/// <summary>Waits after failures: the first lasts <paramref name="Initial"/>, each further one <paramref name="Factor"/> times as long, at most <paramref name="Max"/>.</summary>
public sealed record BackoffStrategy(TimeSpan Initial, double Factor, TimeSpan Max)
{
    /// <summary>1 s, 1.15, 300 s.</summary>
    public BackoffStrategy()
        : this(TimeSpan.FromSeconds(1), 1.15, TimeSpan.FromSeconds(300))
    {
    }
}

/// <summary>Bounds of a rolling replacement, as fractions of the instance count, 0 to 1.</summary>
public sealed record UpgradeStrategy(double MinimumHealthCapacity, double MaximumOverCapacity);

/// <summary>After how long an unreachable instance is replaced, and after how long it is forgotten.</summary>
public sealed record UnreachableStrategy(TimeSpan InactiveAfter, TimeSpan ExpungeAfter);

/// <summary>Which instances go first when there are too many.</summary>
public enum KillSelection
{
    /// <summary>The youngest.</summary>
    YoungestFirst,

    /// <summary>The oldest.</summary>
    OldestFirst,
}

/// <summary>Resources of an executor: cores, MiB, MiB.</summary>
public sealed record ExecutorResources(double Cpus, double Mem, double Disk)
{
    /// <summary>What an executor needs at least, and gets if a spec does not say.</summary>
    public static ExecutorResources Default { get; } = new(0.1, 32, 10);
}

/// <summary>Upper limits; <see cref="double.PositiveInfinity"/> is unlimited, <see langword="null"/> the request.</summary>
public sealed record ResourceLimits(double? Cpus, double? Mem);

/// <summary>A file to fetch into the sandbox.</summary>
public sealed record Artifact(string Uri, bool Extract, bool Executable, bool Cache, string? DestPath);

/// <summary>A port on the agent.</summary>
/// <param name="Port">Service port; assigned if it was 0.</param>
/// <param name="Name">Unique in its app.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>udp,tcp</c>.</param>
/// <param name="Labels">Labels.</param>
public sealed record PortDefinition(int Port, string? Name, string Protocol, IReadOnlyDictionary<string, string> Labels);

/// <summary>How a network is joined.</summary>
public enum NetworkMode
{
    /// <summary>The agent's own.</summary>
    Host,

    /// <summary>A named network, an address for each container.</summary>
    Container,

    /// <summary>The agent's bridge.</summary>
    Bridge,
}

/// <summary>A network to join.</summary>
public sealed record Network(NetworkMode Mode, string? Name, IReadOnlyDictionary<string, string> Labels);

/// <summary>Image, volumes and mapped ports of an app.</summary>
public sealed record AppContainer
{
    /// <summary><see langword="true"/>: Docker engine; <see langword="false"/>: the agent's own containerizer.</summary>
    public bool IsDocker { get; init; }

    /// <summary>Image and how to run it.</summary>
    public DockerImage? Docker { get; init; }

    /// <summary>Volumes.</summary>
    public IReadOnlyList<AppVolume> Volumes { get; init; } = [];

    /// <summary>Ports inside and on the agent; <see langword="null"/> on the host network.</summary>
    public IReadOnlyList<PortMapping>? PortMappings { get; init; }

    /// <summary>Told on to the agent.</summary>
    public LinuxSettings? LinuxInfo { get; init; }
}

/// <summary>An image and how to run it.</summary>
public sealed record DockerImage(string Image, bool ForcePull, bool Privileged, IReadOnlyList<KeyValuePair<string, string>> Parameters, string? PullSecret);

/// <summary>A port inside a container and on the agent.</summary>
/// <param name="ContainerPort">0: the same as on the agent.</param>
/// <param name="HostPort">0 is assigned; <see langword="null"/> is not mapped.</param>
/// <param name="ServicePort">Assigned if it was 0.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>udp,tcp</c>.</param>
/// <param name="Name">Unique in its app.</param>
/// <param name="Labels">Labels.</param>
/// <param name="NetworkNames">Networks it is mapped on.</param>
public sealed record PortMapping(int ContainerPort, int? HostPort, int ServicePort, string Protocol, string? Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> NetworkNames);

/// <summary>A volume of an app: exactly one of the four kinds.</summary>
public sealed record AppVolume
{
    /// <summary>Where the task sees it.</summary>
    public required string ContainerPath { get; init; }

    /// <summary>May not be written.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether the document named a mode (it is told back only then).</summary>
    public bool HasMode { get; init; } = true;

    /// <summary>Path on the agent.</summary>
    public string? HostPath { get; init; }

    /// <summary>Kept on an agent for its instance.</summary>
    public PersistentVolume? Persistent { get; init; }

    /// <summary>Held by a storage system.</summary>
    public ExternalVolume? External { get; init; }

    /// <summary>Name of a secret written to a file.</summary>
    public string? Secret { get; init; }
}

/// <summary>Space on an agent kept for an instance.</summary>
public sealed record PersistentVolume(string Type, double SizeMb, double? MaxSizeMb, string? ProfileName, IReadOnlyList<Constraint> Constraints);

/// <summary>A volume of a storage system, as the document had it.</summary>
/// <param name="Provider"><c>dvdi</c> or <c>csi</c>.</param>
/// <param name="Name">Its name there.</param>
/// <param name="SizeGb">GiB.</param>
/// <param name="Shared">Several apps may use it.</param>
/// <param name="OptionsJson">The options as a JSON object.</param>
public sealed record ExternalVolume(string Provider, string? Name, double? SizeGb, bool Shared, string OptionsJson);

/// <summary>Seccomp and IPC, told on to the agent.</summary>
public sealed record LinuxSettings(string? SeccompProfile, bool? SeccompUnconfined, string? IpcMode, int? ShmSize);

/// <summary>When checks are made and judged.</summary>
/// <param name="GracePeriod">Failures do not count so long after the start, or until the first success.</param>
/// <param name="Interval">Between checks.</param>
/// <param name="Timeout">Of one check.</param>
/// <param name="Delay">Before the first check, where the agent runs them.</param>
/// <param name="MaxConsecutiveFailures">One more and the instance is replaced; 0: never.</param>
public sealed record CheckTiming(TimeSpan GracePeriod, TimeSpan Interval, TimeSpan Timeout, TimeSpan Delay, int MaxConsecutiveFailures);

/// <summary>Kinds of health checks. The names with Mesos and Command are run by the agents, the others by the scheduler.</summary>
public enum HealthProtocol
{
    /// <summary>Asked over HTTP by the scheduler.</summary>
    Http,

    /// <summary>Asked over HTTPS by the scheduler.</summary>
    Https,

    /// <summary>Connected to by the scheduler.</summary>
    Tcp,

    /// <summary>A command, run by the agent.</summary>
    Command,

    /// <summary>Asked over HTTP by the agent.</summary>
    MesosHttp,

    /// <summary>Asked over HTTPS by the agent.</summary>
    MesosHttps,

    /// <summary>Connected to by the agent.</summary>
    MesosTcp,
}

/// <summary>A health check of an app.</summary>
public sealed record AppHealthCheck
{
    /// <summary>Kind.</summary>
    public HealthProtocol Protocol { get; init; }

    /// <summary>Path of HTTP kinds; unset means <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Which of the app's ports.</summary>
    public int? PortIndex { get; init; }

    /// <summary>A fixed port; wins over the index.</summary>
    public int? Port { get; init; }

    /// <summary>Shell command of <see cref="HealthProtocol.Command"/>.</summary>
    public string? Command { get; init; }

    /// <summary>Timing.</summary>
    public CheckTiming Timing { get; init; } = new(TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(15), 3);

    /// <summary>Answers below 200 are no result.</summary>
    public bool IgnoreHttp1xx { get; init; }

    /// <summary>Use IPv6 addresses.</summary>
    public bool IsIpv6 { get; init; }

    /// <summary>Whether the agent runs it.</summary>
    public bool IsRunByAgent => Protocol >= HealthProtocol.Command;
}

/// <summary>Says during a deployment whether a new instance can take load.</summary>
public sealed record ReadinessCheck(string Name, bool IsHttps, string Path, string PortName, TimeSpan Interval, TimeSpan Timeout, IReadOnlyList<int> ReadyStatusCodes, bool PreserveLastResponse);

/// <summary>A check that is only reported: exactly one of the three kinds.</summary>
public sealed record TaskCheck
{
    /// <summary>Path asked over HTTP.</summary>
    public string? HttpPath { get; init; }

    /// <summary><c>HTTP</c> or <c>HTTPS</c>; set for the HTTP kind.</summary>
    public string? HttpScheme { get; init; }

    /// <summary>Whether it connects over TCP.</summary>
    public bool IsTcp { get; init; }

    /// <summary>Which of the app's ports.</summary>
    public int? PortIndex { get; init; }

    /// <summary>A fixed port.</summary>
    public int? Port { get; init; }

    /// <summary>Endpoint of a pod.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Shell command.</summary>
    public string? Shell { get; init; }

    /// <summary>Command as arguments.</summary>
    public IReadOnlyList<string>? Argv { get; init; }

    /// <summary>Between checks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Of one check.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Before the first.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Told back to clients; without effect.</summary>
public sealed record Residency(long RelaunchEscalationTimeoutSeconds, string TaskLostBehavior);
