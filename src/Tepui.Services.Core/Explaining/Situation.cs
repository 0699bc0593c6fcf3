using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Explaining;

/// <summary>A spec among agents: what it takes, where its instances are, what there is.</summary>
internal sealed class Situation
{
    /// <summary>As of a view, with the agents there are at about the same time.</summary>
    public Situation(ServicesView view, RunSpec spec, ServicesOptions options, IReadOnlyList<Host> agents)
    {
        Plan = new(spec, options);
        Placed = new(() => view.InstancesOf(spec.Id).Where(instance => instance.ConfigVersion == spec.LastConfigChangeAt && instance.HasPlace));
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        Context = new(options, view.At, view.Framework, field =>
        {
            if (!known.TryGetValue(field, out var count))
            {
                known[field] = count = agents.Select(agent => HostField.Of(agent, field)).OfType<string>().Distinct(StringComparer.Ordinal).Count();
            }

            return count;
        });
    }

    /// <summary>What an instance takes.</summary>
    public LaunchPlan Plan { get; }

    /// <summary>Where the instances are.</summary>
    public PlacementCounts Placed { get; }

    /// <summary>Circumstances.</summary>
    public MatchContext Context { get; }

    /// <summary>Why an instance cannot go to the site; <see langword="null"/> if it can.</summary>
    public IReadOnlyList<Gate>? Problems(Site site) => Matcher.Problems(Context, Plan, Placed, null, site);
}
