using Tepui.Model.Resources;

namespace Tepui.Services.Core.Specs;

/// <summary>What an app and a pod have in common: how many of it shall run, where, and how it is replaced. Never changed, only replaced by a new version.</summary>
public abstract record RunSpec
{
    /// <summary>Which app or pod.</summary>
    public required PathId Id { get; init; }

    /// <summary>Time of the last change of any kind, UTC, whole milliseconds; names this version.</summary>
    public DateTimeOffset Version { get; init; }

    /// <summary>Time of the last change of the instance count.</summary>
    public DateTimeOffset LastScalingAt { get; init; }

    /// <summary>Time of the last change that needs new instances. Two versions with the same one run alike; a rollback restores it, so that surviving old instances count again.</summary>
    public DateTimeOffset LastConfigChangeAt { get; init; }

    /// <summary>How many shall run.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Role whose resources it uses.</summary>
    public string Role { get; init; } = "*";

    /// <summary>Unix user; unset: the framework's.</summary>
    public string? User { get; init; }

    /// <summary>Which roles' resources may be used (<c>*</c>, the own role); unset: the default of the options.</summary>
    public IReadOnlyList<string>? AcceptedResourceRoles { get; init; }

    /// <summary>Where instances may run.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>Networks to join; for an app never empty.</summary>
    public IReadOnlyList<Network> Networks { get; init; } = [];

    /// <summary>Environment, by name.</summary>
    public IReadOnlyDictionary<string, EnvValue> Env { get; init; } = Empty.Env;

    /// <summary>Secrets, by name: their source.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = Empty.Strings;

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = Empty.Strings;

    /// <summary>Waits between launches after failures.</summary>
    public BackoffStrategy Backoff { get; init; } = new();

    /// <summary>Bounds of a rolling replacement.</summary>
    public UpgradeStrategy Upgrade { get; init; } = new(1, 1);

    /// <summary>What to do about instances on agents that cannot be reached; <see langword="null"/> waits for ever.</summary>
    public UnreachableStrategy? Unreachable { get; init; } = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Which instances go first when there are too many.</summary>
    public KillSelection KillSelection { get; init; }

    /// <summary>Resources of the executor beside those of the tasks.</summary>
    public ExecutorResources? ExecutorResources { get; init; }

    /// <summary>How deployments of it run; unset: rolling, without deadline.</summary>
    public DeploymentPolicy? Deployment { get; init; }

    /// <summary>Ids this one waits for when it is deployed; absolute.</summary>
    public IReadOnlyList<PathId> Dependencies { get; init; } = [];

    /// <summary>Whether instances are tied to their volumes and are never run over capacity.</summary>
    public abstract bool IsResident { get; }

    /// <summary>What one instance needs of an agent, executor included.</summary>
    public abstract Demand Demand { get; }
}

/// <summary>What one instance needs of an agent.</summary>
/// <param name="Cpus">Cores.</param>
/// <param name="MemMb">MiB.</param>
/// <param name="DiskMb">MiB.</param>
/// <param name="Gpus">Whole GPUs.</param>
public sealed record Demand(double Cpus, double MemMb, double DiskMb, int Gpus)
{
    /// <summary>A sum that is exact to the thousandth, as resources are.</summary>
    internal static double Sum(IEnumerable<double> amounts) => Thousandths.ToDouble(amounts.Sum(Thousandths.FromDouble));
}

/// <summary>Shared empty maps.</summary>
internal static class Empty
{
    public static IReadOnlyDictionary<string, EnvValue> Env { get; } = new Dictionary<string, EnvValue>(0);

    public static IReadOnlyDictionary<string, string> Strings { get; } = new Dictionary<string, string>(0);
}
