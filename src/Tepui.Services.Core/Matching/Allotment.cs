using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Services.Core.Matching;

/// <summary>What was cut from a site for one part of a plan.</summary>
/// <param name="Part">For which.</param>
/// <param name="Resources">As the wire has them.</param>
/// <param name="HostPorts">One per port, <see langword="null"/> where none is mapped.</param>
internal sealed record PartAllotment(PlanPart Part, IReadOnlyList<Resource> Resources, IReadOnlyList<int?> HostPorts);

/// <summary>Cuts what an instance takes from a site.</summary>
internal static class Allotment
{
    /// <summary>For each part of the plan what it gets; only where <see cref="Matcher.Problems"/> saw none.</summary>
    /// <param name="plan">What it takes.</param>
    /// <param name="site">Where.</param>
    /// <param name="owner">The instance, when it runs on what is reserved for it.</param>
    /// <param name="random">Chooses ports.</param>
    public static IReadOnlyList<PartAllotment> Take(LaunchPlan plan, Site site, string? owner, Random random)
    {
        var usable = new Usable(site, plan, owner);
        var ports = PortChoice.Choose(plan, usable, random);
        var result = new PartAllotment[plan.Parts.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var part = plan.Parts[i];
            var taken = new List<Resource>();
            usable.Take("cpus", part.Cpus, taken);
            usable.Take("mem", part.Mem, taken);
            usable.Take("disk", part.Disk, taken);
            usable.Take("gpus", part.Gpus, taken);
            PortChoice.Take(ports[i], usable, taken);
            result[i] = new(part, taken, ports[i]);
        }

        return result;
    }
}
