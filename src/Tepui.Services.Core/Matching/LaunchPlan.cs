using Tepui.Model.Resources;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Matching;

/// <summary>What one task, or an executor of its own, needs of an agent; amounts in thousandths.</summary>
/// <param name="Name">Container of a pod; empty for an app, <see cref="LaunchPlan.ExecutorPart"/> for an executor.</param>
/// <param name="Cpus">Cores.</param>
/// <param name="Mem">MiB.</param>
/// <param name="Disk">MiB.</param>
/// <param name="Gpus">GPUs.</param>
/// <param name="Ports">One per port.</param>
internal sealed record PlanPart(string Name, long Cpus, long Mem, long Disk, long Gpus, IReadOnlyList<PortWish> Ports);

/// <summary>What launching one instance of a version takes, worked out once for all its instances.</summary>
internal sealed class LaunchPlan
{
    /// <summary>Name of the part that is the executor.</summary>
    public const string ExecutorPart = "(executor)";

    private const string GpuLabel = "GPU_SCHEDULING_BEHAVIOR";

    /// <summary>Works it out.</summary>
    public LaunchPlan(RunSpec spec, ServicesOptions options)
    {
        Spec = spec;
        Parts = PartsOf(spec);
        (Cpus, Mem, Disk, Gpus) = (Parts.Sum(part => part.Cpus), Parts.Sum(part => part.Mem), Parts.Sum(part => part.Disk), Parts.Sum(part => part.Gpus));
        var ports = Parts.SelectMany(part => part.Ports).ToList();
        AnyPorts = ports.Count(wish => wish.Kind == PortWishKind.Any);
        FixedPorts = [.. ports.Where(wish => wish.Kind == PortWishKind.Fixed).Select(wish => wish.Number)];
        Constraints = [.. spec.Constraints.Select(constraint => new ConstraintRule(constraint, spec.Instances))];
        NamesDomain = spec.Constraints.Any(constraint => constraint.Field is "@region" or "@zone");
        (AcceptsUnreserved, AcceptsReserved) = Accepts(spec, options.AcceptedRoles);
        Volumes = spec switch
        {
            AppSpec app => [.. (app.Container?.Volumes ?? []).Where(volume => volume.Persistent is not null).Select(volume => new VolumeWish(volume.ContainerPath, volume.Persistent!))],
            PodSpec pod => [.. pod.Volumes.Where(volume => volume.Persistent is not null).Select(volume => new VolumeWish(volume.Name, volume.Persistent!))],
            _ => [],
        };
        var restricted = spec.Labels.GetValueOrDefault(GpuLabel) switch
        {
            "restricted" => true,
            "unrestricted" => false,
            _ => options.RestrictGpuAgents,
        };
        AvoidsGpus = restricted && Gpus == 0 && Volumes.Count == 0;
    }

    /// <summary>Of which version.</summary>
    public RunSpec Spec { get; }

    /// <summary>One per task, and one for the executor if it has resources of its own.</summary>
    public IReadOnlyList<PlanPart> Parts { get; }

    /// <summary>The placement constraints.</summary>
    public IReadOnlyList<ConstraintRule> Constraints { get; }

    /// <summary>The persistent volumes.</summary>
    public IReadOnlyList<VolumeWish> Volumes { get; }

    /// <summary>May use what is reserved for nobody.</summary>
    public bool AcceptsUnreserved { get; }

    /// <summary>May use what is reserved for its role.</summary>
    public bool AcceptsReserved { get; }

    /// <summary>Says itself which regions or zones will do.</summary>
    public bool NamesDomain { get; }

    /// <summary>Leaves agents with GPUs to others.</summary>
    public bool AvoidsGpus { get; }

    /// <summary>Name of the part that takes the volumes along.</summary>
    public string VolumePart => Spec is PodSpec ? ExecutorPart : "";

    /// <summary>Cores in all, thousandths.</summary>
    public long Cpus { get; }

    /// <summary>Memory in all, thousandths of MiB.</summary>
    public long Mem { get; }

    /// <summary>Plain disk in all, thousandths of MiB.</summary>
    public long Disk { get; }

    /// <summary>GPUs in all, thousandths.</summary>
    public long Gpus { get; }

    /// <summary>How many ports it needs, whichever.</summary>
    public int AnyPorts { get; }

    /// <summary>The ports it needs and no others.</summary>
    public IReadOnlyList<int> FixedPorts { get; }

    private static PlanPart[] PartsOf(RunSpec spec) => spec switch
    {
        AppSpec { Executor: "" or "//cmd" } app => [AppPart(app)],
        AppSpec app => [AppPart(app), Executor(app.ExecutorResources ?? new(0, 0, 0))],
        PodSpec pod => [.. pod.Containers.Select(ContainerPart), Executor(pod.ExecutorResources ?? ExecutorResources.Default)],
        _ => throw new NotSupportedException($"'{spec.Id}' is neither an app nor a pod"),
    };

    private static PlanPart AppPart(AppSpec app) => new("", Milli(app.Cpus), Milli(app.Mem), Milli(app.Disk), Milli(app.Gpus), PortWish.Of(app));

    private static PlanPart ContainerPart(PodContainer container) =>
        new(container.Name, Milli(container.Cpus), Milli(container.Mem), Milli(container.Disk), Milli(container.Gpus), PortWish.Of(container));

    private static PlanPart Executor(ExecutorResources resources) => new(ExecutorPart, Milli(resources.Cpus), Milli(resources.Mem), Milli(resources.Disk), 0, []);

    private static long Milli(double amount) => Thousandths.FromDouble(amount);

    private static (bool Unreserved, bool Reserved) Accepts(RunSpec spec, AcceptedRolesDefault byDefault)
    {
        if (spec.AcceptedResourceRoles is not { } roles)
        {
            // A resident instance runs on what was reserved for it.
            return spec.IsResident ? (true, true) : (byDefault != AcceptedRolesDefault.Reserved, byDefault != AcceptedRolesDefault.Unreserved);
        }

        return (roles.Contains(Roles.Any), roles.Any(role => role != Roles.Any) || spec.IsResident);
    }
}

/// <summary>A persistent volume of a spec.</summary>
/// <param name="Path">Where the task sees it; for pods its name.</param>
/// <param name="Volume">What it needs.</param>
internal sealed record VolumeWish(string Path, PersistentVolume Volume);
