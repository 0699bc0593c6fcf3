using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Matching;

/// <summary>Judges whether an instance can be launched at a site. Changes nothing.</summary>
internal static class Matcher
{
    private static readonly IReadOnlyList<Gate>[] Single = [.. Enum.GetValues<Gate>().Select(gate => (IReadOnlyList<Gate>)[gate])];

    /// <summary>Why an instance cannot be launched here, in the order of the gates; <see langword="null"/> if it can.</summary>
    /// <param name="context">Circumstances.</param>
    /// <param name="plan">What it takes.</param>
    /// <param name="placed">Where the other instances are.</param>
    /// <param name="instance">The instance, when it runs on reserved resources.</param>
    /// <param name="site">Where.</param>
    public static IReadOnlyList<Gate>? Problems(MatchContext context, LaunchPlan plan, PlacementCounts placed, Instance? instance, Site site)
    {
        var reserved = plan.Spec.IsResident && instance is { IsReserved: true } ? instance : null;
        var usable = reserved is null && plan.Spec.IsResident ? Usable.ForReservation(site, plan) : new Usable(site, plan, reserved?.Id.Value);
        if ((site.Role is { } role && role != plan.Spec.Role) || !usable.Any())
        {
            return Single[(int)Gate.UnfulfilledRole];
        }

        // A reserved instance has its place; constraints were judged when it was reserved.
        if (reserved is null && !MeetsConstraints(context, plan, placed, site.Host))
        {
            return Single[(int)Gate.UnfulfilledConstraint];
        }

        if (reserved is not null && !Reservations.IsHere(context.Framework, plan, reserved, site))
        {
            return Single[(int)Gate.NoCorrespondingReservationFound];
        }

        if (IsUnavailable(context, site.Unavailability))
        {
            return Single[(int)Gate.AgentMaintenance];
        }

        var missing = Missing(plan, usable, reserved is null ? site : null);
        if (plan.AvoidsGpus && site.HasGpus)
        {
            missing = [.. missing ?? [], Gate.DeclinedScarceResources];
        }

        return missing;
    }

    /// <summary>Whether the host meets the constraints and lies in a region that will do.</summary>
    public static bool MeetsConstraints(MatchContext context, LaunchPlan plan, PlacementCounts placed, Host host)
    {
        foreach (var rule in plan.Constraints)
        {
            if (!rule.Allows(host, placed, context.KnownValues))
            {
                return false;
            }
        }

        return IsHome(context, plan, host);
    }

    /// <summary>Whether the host lies in the master's region, or the spec says itself where it may go.</summary>
    public static bool IsHome(MatchContext context, LaunchPlan plan, Host host) =>
        plan.NamesDomain || context.Options.HomeRegion is not { } home || host.Region is not { } region || region == home;

    /// <summary>Whether maintenance is on or about to begin.</summary>
    public static bool IsUnavailable(MatchContext context, Unavailability? window) =>
        context.Options.MaintenanceMode && MaintenanceWindow.IsNear(window, context.Now, context.Options.Draining);

    private static List<Gate>? Missing(LaunchPlan plan, Usable usable, Site? forVolumes)
    {
        List<Gate>? missing = null;
        Check(plan.Cpus, "cpus", Gate.InsufficientCpus);
        Check(plan.Mem, "mem", Gate.InsufficientMemory);
        var rootDisk = plan.Disk;
        var volumesFit = forVolumes is null || plan.Volumes.Count == 0 || VolumeChoice.Choose(plan, usable, forVolumes, out rootDisk) is not null;
        if (!volumesFit || rootDisk > usable.Amount("disk"))
        {
            (missing ??= []).Add(Gate.InsufficientDisk);
        }

        Check(plan.Gpus, "gpus", Gate.InsufficientGpus);
        if (!PortChoice.IsPossible(plan, usable.ForPorts()))
        {
            (missing ??= []).Add(Gate.InsufficientPorts);
        }

        return missing;

        void Check(long wanted, string name, Gate gate)
        {
            if (wanted > 0 && usable.Amount(name) < wanted)
            {
                (missing ??= []).Add(gate);
            }
        }
    }
}
