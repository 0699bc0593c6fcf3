namespace Tepui.Services.Core.Specs;

/// <summary>A version of an app in canonical form: legacy forms are gone, defaults are filled in, ids are absolute, service ports are assigned.</summary>
public sealed record AppSpec : RunSpec
{
    /// <summary>Shell command.</summary>
    public string? Cmd { get; init; }

    /// <summary>Command as arguments.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Cores.</summary>
    public double Cpus { get; init; } = 1;

    /// <summary>Memory, MiB.</summary>
    public double Mem { get; init; } = 128;

    /// <summary>Disk, MiB.</summary>
    public double Disk { get; init; }

    /// <summary>Whole GPUs.</summary>
    public int Gpus { get; init; }

    /// <summary>Upper limits beside the requests.</summary>
    public ResourceLimits? ResourceLimits { get; init; }

    /// <summary>Empty, <c>//cmd</c>, or the path of an executor.</summary>
    public string Executor { get; init; } = "";

    /// <summary>Files to fetch into the sandbox.</summary>
    public IReadOnlyList<Artifact> Fetch { get; init; } = [];

    /// <summary>Image and volumes; unset: a plain process.</summary>
    public AppContainer? Container { get; init; }

    /// <summary>Ports on the agent; empty when a network other than the host's is joined.</summary>
    public IReadOnlyList<PortDefinition> PortDefinitions { get; init; } = [];

    /// <summary>The ports of the definitions are the ports on the agent.</summary>
    public bool RequirePorts { get; init; }

    /// <summary>Health checks.</summary>
    public IReadOnlyList<AppHealthCheck> HealthChecks { get; init; } = [];

    /// <summary>Readiness checks, at most one.</summary>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks { get; init; } = [];

    /// <summary>A check that is only reported.</summary>
    public TaskCheck? Check { get; init; }

    /// <summary>Time between asking a task to end and forcing it.</summary>
    public TimeSpan? TaskKillGracePeriod { get; init; }

    /// <summary>A terminal for the task.</summary>
    public bool? Tty { get; init; }

    /// <summary>Told back to clients, without effect: persistent volumes make an app resident.</summary>
    public Residency? Residency { get; init; }

    /// <summary>Follows load within bounds.</summary>
    public AutoscalingPolicy? Autoscaling { get; init; }

    /// <summary>Instance counts at times.</summary>
    public IReadOnlyList<ScheduledScale> Schedule { get; init; } = [];

    /// <inheritdoc/>
    public override bool IsResident => Container?.Volumes.Any(volume => volume.Persistent is not null) ?? false;

    /// <inheritdoc/>
    public override Demand Demand => Executor is "" or "//cmd"
        ? new(Cpus, Mem, Disk, Gpus)
        : new(Demand.Sum([Cpus, ExecutorResources?.Cpus ?? 0]), Demand.Sum([Mem, ExecutorResources?.Mem ?? 0]), Demand.Sum([Disk, ExecutorResources?.Disk ?? 0]), Gpus);

    /// <summary>Whether tasks use the network of their agent.</summary>
    public bool IsHostNetworked => Networks is [{ Mode: NetworkMode.Host }];
}
