using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Services;

/// <summary>An app or a pod, as lists show it.</summary>
public sealed record AppSummary
{
    /// <summary>Its full id, as in <c>/prod/web</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is a pod.</summary>
    public bool IsPod { get; init; }

    /// <summary>How many instances are wanted.</summary>
    public int Instances { get; init; }

    /// <summary>How many run.</summary>
    public int Running { get; init; }

    /// <summary>How many are being started.</summary>
    public int Staged { get; init; }

    /// <summary>How many run and pass their health checks.</summary>
    public int Healthy { get; init; }

    /// <summary>How many run and fail their health checks.</summary>
    public int Unhealthy { get; init; }

    /// <summary>Cores of one instance.</summary>
    public double Cpus { get; init; }

    /// <summary>Memory of one instance, bytes.</summary>
    public double MemoryBytes { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Ids of the deployments that change it now.</summary>
    public IReadOnlyList<string> Deployments { get; init; } = [];

    /// <summary>Why it crash-loops, in words; null when it does not.</summary>
    public string? CrashLoop { get; init; }

    /// <summary>Why the replacement of unhealthy instances is held back; null when it is not.</summary>
    public string? KillBudget { get; init; }

    /// <summary>Share of its instances that stays healthy while it is deployed, 0 to 1.</summary>
    public double MinimumHealth { get; init; } = 1;

    /// <summary>Share of its instances that may run beyond what is wanted while it is deployed, 0 to 1.</summary>
    public double OverCapacity { get; init; } = 1;

    /// <summary>Whether the oldest instances are stopped first; else the youngest.</summary>
    public bool KillsOldest { get; init; }

    /// <summary>The group it lies in; <c>/</c> for the root.</summary>
    public string Group => GroupOf(Id);

    /// <summary>The last part of the id.</summary>
    public string Name => Id[(Id.LastIndexOf('/') + 1)..];

    /// <summary>The group of an id; <c>/</c> for what lies at the root.</summary>
    public static string GroupOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.LastIndexOf('/') is var slash and > 0 ? id[..slash] : "/";
    }

    /// <summary>Reads an app as <c>/v2/apps</c> shows it.</summary>
    public static AppSummary FromApp(JsonElement app) => new()
    {
        Id = app.Text("id") ?? "/",
        Instances = app.Int("instances", 1),
        Running = app.Int("tasksRunning"),
        Staged = app.Int("tasksStaged"),
        Healthy = app.Int("tasksHealthy"),
        Unhealthy = app.Int("tasksUnhealthy"),
        Cpus = app.Number("cpus"),
        MemoryBytes = app.Number("mem") * 1024 * 1024,
        Labels = app.Members("labels").ToDictionary(label => label.Name, label => label.Value.Text(), StringComparer.Ordinal),
        Deployments = [.. app.List("deployments").Select(deployment => deployment.Text("id")).OfType<string>()],
        MinimumHealth = app.Object("upgradeStrategy")?.Number("minimumHealthCapacity", 1) ?? 1,
        OverCapacity = app.Object("upgradeStrategy")?.Number("maximumOverCapacity", 1) ?? 1,
        KillsOldest = app.Text("killSelection") == "OLDEST_FIRST",
        CrashLoop = app.Object("crashLoop") is { } loop ? Words.CrashLoop(loop) : null,
        KillBudget = app.Object("killBudget") is { } budget && budget.Flag("limited") ? Words.KillBudget(budget) : null,
    };

    /// <summary>Reads a pod as <c>/v2/pods/::status</c> shows it.</summary>
    /// <param name="status">The pod's status.</param>
    /// <param name="deployments">Deployments that change it now.</param>
    public static AppSummary FromPod(JsonElement status, IReadOnlyList<string> deployments)
    {
        var spec = status.Object("spec") ?? default;
        var instances = status.List("instances").Select(instance => instance.Text("status")).ToList();
        var containers = spec.List("containers").Select(container => container.Object("resources") ?? default).ToList();
        var overhead = spec.Object("executorResources") ?? default;
        return new AppSummary
        {
            Id = status.Text("id") ?? "/",
            IsPod = true,
            Instances = spec.Object("scaling")?.Int("instances", 1) ?? 1,
            Running = instances.Count(state => state is "STABLE" or "DEGRADED"),
            Staged = instances.Count(state => state is "PENDING" or "STAGING"),
            Healthy = Checked(spec) ? instances.Count(state => state == "STABLE") : 0,
            Unhealthy = Checked(spec) ? instances.Count(state => state == "DEGRADED") : 0,
            Cpus = containers.Sum(resources => resources.Number("cpus", 1)) + overhead.Number("cpus"),
            MemoryBytes = (containers.Sum(resources => resources.Number("mem", 128)) + overhead.Number("mem")) * 1024 * 1024,
            Labels = spec.Members("labels").ToDictionary(label => label.Name, label => label.Value.Text(), StringComparer.Ordinal),
            Deployments = deployments,
            MinimumHealth = spec.Object("scheduling")?.Object("upgrade")?.Number("minimumHealthCapacity", 1) ?? 1,
            OverCapacity = spec.Object("scheduling")?.Object("upgrade")?.Number("maximumOverCapacity", 1) ?? 1,
        };
    }

    private static bool Checked(JsonElement pod) => pod.List("containers").Any(container => container.Object("healthCheck") is not null);
}
