using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Matching;

/// <summary>Where the new instances of one app or pod would go.</summary>
/// <param name="Id">The app or pod.</param>
/// <param name="Places">One per instance that finds a place.</param>
/// <param name="Unplaced">Instances that would wait.</param>
/// <param name="Reason">Why they would; empty when none does.</param>
public sealed record ForecastPlacement(PathId Id, IReadOnlyList<Host> Places, int Unplaced, string Reason);

/// <summary>Tells where instances would go if a plan were carried out now. Judged as offers are; what others take meanwhile cannot be known.</summary>
public static class PlacementForecast
{
    /// <summary>Every app and pod of the plan that gets new instances, in the order of the steps.</summary>
    /// <param name="options">Of the core.</param>
    /// <param name="framework">Our id.</param>
    /// <param name="now">The time.</param>
    /// <param name="planned">The change.</param>
    /// <param name="instances">Present instances by spec.</param>
    /// <param name="free">What is free on each agent, as if it were offered. What instances that are replaced or end take comes to it.</param>
    public static IReadOnlyList<ForecastPlacement> Of(
        ServicesOptions options,
        FrameworkId framework,
        DateTimeOffset now,
        CommandOutcome.Planned planned,
        IReadOnlyDictionary<PathId, IReadOnlyList<Instance>> instances,
        IReadOnlyList<Offer> free)
    {
        var ends = Ending(planned, instances).ToLookup(instance => instance.Host!.Agent);
        var sites = free.OrderBy(offer => offer.Hostname, StringComparer.Ordinal).ThenBy(offer => offer.AgentId.Value, StringComparer.Ordinal)
            .Select(offer => new Site(
                Host.Read(offer), null, offer.Resources.Concat(ends[AgentId.From(offer.AgentId)].SelectMany(instance => Taken(instance, planned))), offer.Unavailability))
            .ToList();
        var random = new Random(options.Seed);
        return
        [
            .. planned.Steps.SelectMany(step => step.Actions).Select(action => action.Spec).Distinct()
                .Select(id => planned.Target.Spec(id)).OfType<RunSpec>()
                .Select(spec => Place(spec, Kept(spec, instances), sites, new MatchContext(options, now, framework, field => Values(sites, field)), random))
                .Where(placement => placement.Places.Count + placement.Unplaced > 0),
        ];
    }

    private static ForecastPlacement Place(RunSpec spec, IReadOnlyList<Instance> kept, List<Site> sites, MatchContext context, Random random)
    {
        var plan = new LaunchPlan(spec, context.Options);
        var placed = new PlacementCounts(() => kept);

        // Fields are counted from their first use on: all of them before the first instance is placed.
        foreach (var rule in plan.Constraints)
        {
            _ = placed.By(rule.Constraint.Field);
        }

        var left = Math.Max(0, spec.Instances - kept.Count);
        var places = new List<Host>(left);
        var rejections = new Dictionary<Site, IReadOnlyList<Gate>>();
        var open = new List<Site>(sites);
        while (left > 0 && open.Count > 0)
        {
            // One instance per agent and round, as with offers.
            foreach (var site in open.ToList())
            {
                if (left > 0 && Matcher.Problems(context, plan, placed, null, site) is { } problems)
                {
                    rejections[site] = problems;
                    open.Remove(site);
                }
                else if (left > 0)
                {
                    Allotment.Take(plan, site, null, random);
                    placed.Add(site.Host);
                    places.Add(site.Host);
                    left--;
                }
            }
        }

        return new(spec.Id, places, left, left == 0 ? "" : Why(rejections.Values, sites.Count));
    }

    /// <summary>Instances that stay as they are.</summary>
    private static IReadOnlyList<Instance> Kept(RunSpec spec, IReadOnlyDictionary<PathId, IReadOnlyList<Instance>> instances) =>
        [.. (instances.GetValueOrDefault(spec.Id) ?? []).Where(instance => instance.IsWanted && instance.HasPlace && instance.ConfigVersion == spec.LastConfigChangeAt)];

    /// <summary>Instances that make room.</summary>
    private static IEnumerable<Instance> Ending(CommandOutcome.Planned planned, IReadOnlyDictionary<PathId, IReadOnlyList<Instance>> instances) =>
        planned.Steps.SelectMany(step => step.Actions).Select(action => action.Spec).Distinct()
            .SelectMany(id => (instances.GetValueOrDefault(id) ?? []).Where(instance => instance is { Host: not null, IsReserved: false } && instance.Condition.IsActive()
                && (planned.Target.Spec(id) is not { } after || after.LastConfigChangeAt != instance.ConfigVersion)));

    private static IEnumerable<Resource> Taken(Instance instance, CommandOutcome.Planned planned)
    {
        if (planned.Original.Spec(instance.Spec) is not { } spec)
        {
            yield break;
        }

        var demand = spec.Demand;
        foreach (var (name, amount) in new[] { ("cpus", demand.Cpus), ("mem", demand.MemMb), ("disk", demand.DiskMb), ("gpus", demand.Gpus) })
        {
            if (amount > 0)
            {
                yield return new Resource { Name = name, Type = Value.Types.Type.Scalar, Scalar = new() { Value = amount } };
            }
        }

        var ports = new Value.Types.Ranges();
        ports.Range.AddRange(instance.Tasks.SelectMany(task => task.HostPorts).OfType<int>().Select(port => new Value.Types.Range { Begin = (ulong)port, End = (ulong)port }));
        if (ports.Range.Count > 0)
        {
            yield return new Resource { Name = "ports", Type = Value.Types.Type.Ranges, Ranges = ports };
        }
    }

    private static int Values(List<Site> sites, string field) => sites.Select(site => HostField.Of(site.Host, field)).OfType<string>().Distinct(StringComparer.Ordinal).Count();

    private static string Why(IReadOnlyCollection<IReadOnlyList<Gate>> rejections, int agents)
    {
        if (agents == 0)
        {
            return "no agent offers anything";
        }

        var gates = rejections.SelectMany(problems => problems).GroupBy(gate => gate).OrderByDescending(group => group.Count()).ThenBy(group => group.Key);
        return string.Join(", ", gates.Select(group => $"{group.Key} on {group.Count()} of {agents} agents"));
    }
}
