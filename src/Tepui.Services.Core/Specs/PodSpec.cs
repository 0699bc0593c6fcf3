namespace Tepui.Services.Core.Specs;

/// <summary>A version of a pod in canonical form: containers that start and end together on one agent.</summary>
public sealed record PodSpec : RunSpec
{
    /// <summary>The containers, at least one, with distinct names.</summary>
    public IReadOnlyList<PodContainer> Containers { get; init; } = [];

    /// <summary>Volumes that containers mount.</summary>
    public IReadOnlyList<PodVolume> Volumes { get; init; } = [];

    /// <summary>Sharing of the kernel's facilities, told on to the agent.</summary>
    public LinuxSettings? LinuxInfo { get; init; }

    /// <summary>One cgroup for all containers.</summary>
    public bool? LegacySharedCgroups { get; init; }

    /// <inheritdoc/>
    public override bool IsResident => Volumes.Any(volume => volume.Persistent is not null);

    /// <inheritdoc/>
    public override Demand Demand
    {
        get
        {
            var executor = ExecutorResources ?? ExecutorResources.Default;
            return new(
                Demand.Sum(Containers.Select(container => container.Cpus).Append(executor.Cpus)),
                Demand.Sum(Containers.Select(container => container.Mem).Append(executor.Mem)),
                Demand.Sum(Containers.Select(container => container.Disk).Append(executor.Disk)),
                Containers.Sum(container => container.Gpus));
        }
    }
}

/// <summary>One container of a pod.</summary>
public sealed record PodContainer
{
    /// <summary>Unique in its pod.</summary>
    public required string Name { get; init; }

    /// <summary>Shell command.</summary>
    public string? Shell { get; init; }

    /// <summary>Command as arguments.</summary>
    public IReadOnlyList<string>? Argv { get; init; }

    /// <summary>Use the command instead of the image's entry point.</summary>
    public bool? OverrideEntrypoint { get; init; }

    /// <summary>Cores.</summary>
    public double Cpus { get; init; } = 1;

    /// <summary>Memory, MiB.</summary>
    public double Mem { get; init; } = 128;

    /// <summary>Disk, MiB.</summary>
    public double Disk { get; init; }

    /// <summary>Whole GPUs.</summary>
    public int Gpus { get; init; }

    /// <summary>Upper limits.</summary>
    public ResourceLimits? ResourceLimits { get; init; }

    /// <summary>Ports others reach it at.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; init; } = [];

    /// <summary>Image; unset: a plain process.</summary>
    public PodImage? Image { get; init; }

    /// <summary>Environment beside the pod's.</summary>
    public IReadOnlyDictionary<string, EnvValue> Env { get; init; } = Empty.Env;

    /// <summary>Unix user; unset: the pod's.</summary>
    public string? User { get; init; }

    /// <summary>Health check, run by the agent.</summary>
    public PodHealthCheck? HealthCheck { get; init; }

    /// <summary>A check that is only reported.</summary>
    public TaskCheck? Check { get; init; }

    /// <summary>Mounted volumes.</summary>
    public IReadOnlyList<VolumeMount> VolumeMounts { get; init; } = [];

    /// <summary>Files to fetch.</summary>
    public IReadOnlyList<Artifact> Artifacts { get; init; } = [];

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = Empty.Strings;

    /// <summary>Time between asking it to end and forcing it.</summary>
    public TimeSpan? KillGracePeriod { get; init; }

    /// <summary>A terminal.</summary>
    public bool? Tty { get; init; }

    /// <summary>Told on to the agent.</summary>
    public LinuxSettings? LinuxInfo { get; init; }
}

/// <summary>A port of a container of a pod.</summary>
/// <param name="Name">Unique in the pod.</param>
/// <param name="ContainerPort">Port inside; unset on the host network.</param>
/// <param name="HostPort">Port on the agent: 0 is assigned, <see langword="null"/> is not mapped.</param>
/// <param name="Protocols"><c>tcp</c>, <c>udp</c>.</param>
/// <param name="Labels">Labels.</param>
/// <param name="NetworkNames">Networks it is mapped on.</param>
public sealed record Endpoint(string Name, int? ContainerPort, int? HostPort, IReadOnlyList<string> Protocols, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> NetworkNames);

/// <summary>Image of a container of a pod.</summary>
public sealed record PodImage(string Kind, string Id, string? PullSecret, bool? ForcePull, IReadOnlyDictionary<string, string> Labels);

/// <summary>A volume of a pod: ephemeral, of the host, persistent or a secret.</summary>
public sealed record PodVolume(string Name, string? Host, PersistentVolume? Persistent, string? Secret);

/// <summary>Where a container sees a volume.</summary>
public sealed record VolumeMount(string Name, string MountPath, bool? ReadOnly);

/// <summary>Health check of a container of a pod: exactly one of the three kinds.</summary>
public sealed record PodHealthCheck
{
    /// <summary>Endpoint asked over HTTP.</summary>
    public string? HttpEndpoint { get; init; }

    /// <summary>Path asked over HTTP.</summary>
    public string? HttpPath { get; init; }

    /// <summary><c>HTTP</c> or <c>HTTPS</c>.</summary>
    public string? HttpScheme { get; init; }

    /// <summary>Endpoint connected to over TCP.</summary>
    public string? TcpEndpoint { get; init; }

    /// <summary>Command as shell text.</summary>
    public string? Shell { get; init; }

    /// <summary>Command as arguments.</summary>
    public IReadOnlyList<string>? Argv { get; init; }

    /// <summary>Timing.</summary>
    public CheckTiming Timing { get; init; } = new(TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(15), 3);
}
