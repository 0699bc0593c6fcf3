using Tepui.Jobs.Core.Launching;
using Tepui.Jobs.Core.Launching.Matching;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Explaining;

/// <summary>Why no agent takes a run that may be launched, from what agents offered last.</summary>
internal static class PlacementReasons
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    /// <summary>Sentences, and the agent that came nearest.</summary>
    public static (IReadOnlyList<string> Reasons, NearestMiss? Nearest) Of(JobsState state, JobSpec job, DateTimeOffset now)
    {
        var role = state.Options.MesosRole;
        if (state.Master is null)
        {
            return (["There is no subscription to a master, and so there are no offers; look whether a master runs, and at the log of this process."], null);
        }

        var agents = state.Agents.All.Where(agent => now - agent.At <= Recent).ToList();
        if (agents.Count == 0)
        {
            var last = state.Agents.LastOfferAt is { } at ? $"No offer has come since {Words.Time(at)}" : "No offer has come yet";
            return ([$"{last}: the master has nothing free for role {role}, or gives it to others."], null);
        }

        var demand = Demand.Of(job, state.Options);
        var wanted = demand.Amounts;
        var rules = state.Queue.Rules.Of(demand, job);
        var judged = agents.Select(agent => Judge(agent, wanted, rules)).ToList();
        return judged.Find(agent => agent.Fits) is { } fitting
            ? ([$"{fitting.Agent.Hostname} offered enough at {Words.Time(fitting.Agent.At)}; the next offer like that is used."], null)
            : (Sentences(judged, wanted, role), Nearest(judged));
    }

    private static Judged Judge(SeenAgent agent, Amounts wanted, ConstraintRules rules)
    {
        var missing = new List<Shortage>();
        Add("cpus", wanted.Cpus, agent.Offered.Cpus);
        Add("mem", wanted.Mem, agent.Offered.Mem);
        Add("disk", wanted.Disk, agent.Offered.Disk);
        return new(agent, rules.FirstUnmet(agent.Hostname, agent.Attributes), missing);

        void Add(string resource, long amount, long offered)
        {
            if (offered < amount)
            {
                missing.Add(new(resource, amount, offered));
            }
        }
    }

    private static List<string> Sentences(List<Judged> judged, Amounts wanted, string role)
    {
        var reasons = new List<string> { $"None of {Words.Count(judged.Count, "agent")} that offered something to role {role} in the last {Recent.TotalMinutes:0} minutes can take it." };
        var maintained = judged.Count(agent => agent.Agent.IsUnfit);
        if (maintained > 0)
        {
            reasons.Add($"{Words.Count(maintained, "agent")}: in maintenance.");
        }

        foreach (var group in judged.Where(agent => agent is { Agent.IsUnfit: false, Unmet: not null }).GroupBy(agent => agent.Unmet!.ToString(), StringComparer.Ordinal))
        {
            reasons.Add($"{Words.Count(group.Count(), "agent")}: constraint {group.Key} is not met ({Found([.. group])}).");
        }

        var small = judged.Where(agent => agent is { Agent.IsUnfit: false, Unmet: null }).ToList();
        Shortage("cpus", "too few cpus", "", wanted.Cpus, amounts => amounts.Cpus);
        Shortage("mem", "too little memory", " MB", wanted.Mem, amounts => amounts.Mem);
        Shortage("disk", "too little disk", " MB", wanted.Disk, amounts => amounts.Disk);
        return reasons;

        void Shortage(string resource, string what, string unit, long amount, Func<Amounts, long> of)
        {
            var lacking = small.Where(agent => agent.Missing.Any(shortage => shortage.Resource == resource)).ToList();
            if (lacking.Count > 0)
            {
                reasons.Add($"{Words.Count(lacking.Count, "agent")}: {what}; a run needs {Words.Number(amount)}{unit}, most that one of them offered is {Words.Number(lacking.Max(agent => of(agent.Agent.Offered)))}{unit}.");
            }
        }
    }

    private static string Found(List<Judged> agents)
    {
        const int most = 5;
        var values = agents.Select(agent => agent.Unmet!.ValueAt(agent.Agent.Hostname, agent.Agent.Attributes)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (values.Count == 0)
        {
            return $"no attribute {agents[0].Unmet!.Constraint.Attribute}";
        }

        return $"there is {string.Join(", ", values.Take(most))}{(values.Count > most ? ", …" : "")}";
    }

    // Constraints do not change by waiting: what meets them is nearer than what has room.
    private static NearestMiss? Nearest(List<Judged> judged)
    {
        var nearest = judged.Where(agent => !agent.Agent.IsUnfit).OrderBy(agent => agent.Unmet is null ? 0 : 1).ThenBy(agent => agent.Missing.Sum(Lack)).FirstOrDefault();
        return nearest is null ? null : new(nearest.Agent.Agent, nearest.Agent.Hostname, nearest.Missing, nearest.Unmet?.ToString());
    }

    private static double Lack(Shortage shortage) => (double)(shortage.Wanted - shortage.Offered) / shortage.Wanted;

    private sealed record Judged(SeenAgent Agent, ConstraintRule? Unmet, IReadOnlyList<Shortage> Missing)
    {
        public bool Fits => !Agent.IsUnfit && Unmet is null && Missing.Count == 0;
    }
}
