using System.Globalization;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Explaining;

/// <summary>An explanation in sentences.</summary>
internal static class ExplanationText
{
    /// <summary>The most important first; none when an agent fits and nothing is held.</summary>
    /// <param name="situation">The spec among the agents.</param>
    /// <param name="judged">All agents.</param>
    /// <param name="nearest">The one that lacks least, when none fits.</param>
    /// <param name="item">The spec in the queue, if it waits.</param>
    public static IReadOnlyList<string> Of(Situation situation, List<JudgedAgent> judged, JudgedAgent? nearest, QueueItem? item)
    {
        var reasons = new List<string>();
        if (item?.Held is { } held)
        {
            reasons.Add(held);
        }

        if (judged.Count == 0)
        {
            reasons.Add("The master shows no agent that is active.");
            return reasons;
        }

        if (nearest is null)
        {
            return reasons;
        }

        reasons.Add($"None of {judged.Count} {Plural(judged.Count, "agent")} can take an instance now.");
        reasons.AddRange(judged.GroupBy(agent => agent.Problems![0]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => Sentence(situation, group.Key, [.. group])));
        if (nearest.Missing.Count > 0)
        {
            reasons.Add($"Nearest is {nearest.Host.Hostname}: {string.Join(", ", nearest.Missing.Select(Text))}.");
        }

        return reasons;
    }

    private static string Sentence(Situation situation, Gate gate, IReadOnlyList<JudgedAgent> agents)
    {
        var count = $"{agents.Count} {Plural(agents.Count, "agent")}";
        var plan = situation.Plan;
        return gate switch
        {
            Gate.UnfulfilledRole => $"{count}: nothing there is {Accepted(plan)}.",
            Gate.UnfulfilledConstraint => $"{count}: {Constraints(situation, agents)}.",
            Gate.NoCorrespondingReservationFound => $"{count}: what is reserved for the instance is not there.",
            Gate.AgentMaintenance => $"{count}: in maintenance, or about to be.",
            Gate.InsufficientCpus => $"{count}: too few cpus; an instance needs {Number(plan.Cpus)}, most that is free on one is {Most(plan, agents, "cpus")}.",
            Gate.InsufficientMemory => $"{count}: too little memory; an instance needs {Number(plan.Mem)} MiB, most that is free on one is {Most(plan, agents, "mem")} MiB.",
            Gate.InsufficientDisk => $"{count}: too little disk, or no disk of the kind wanted{(plan.Volumes.Count == 0 ? $"; an instance needs {Number(plan.Disk)} MiB, most that is free on one is {Most(plan, agents, "disk")} MiB" : "")}.",
            Gate.InsufficientGpus => $"{count}: too few gpus; an instance needs {Number(plan.Gpus)}, most that is free on one is {Most(plan, agents, "gpus")}.",
            Gate.InsufficientPorts => $"{count}: not enough ports, or not those it requires ({string.Join(", ", agents.SelectMany(agent => agent.Missing).Select(shortage => shortage.Resource).Distinct().Take(5))}).",
            _ => $"{count}: they have GPUs, which are kept for apps that need some (label GPU_SCHEDULING_BEHAVIOR=unrestricted lifts this).",
        };
    }

    private static string Accepted(LaunchPlan plan) => (plan.AcceptsUnreserved, plan.AcceptsReserved) switch
    {
        (true, false) => "unreserved, and only that is accepted",
        (false, true) => $"reserved for role {plan.Spec.Role}, and only that is accepted",
        _ => $"free for role {plan.Spec.Role}",
    };

    private static string Constraints(Situation situation, IReadOnlyList<JudgedAgent> agents)
    {
        var failed = situation.Plan.Constraints
            .Where(rule => agents.Any(agent => !rule.Allows(agent.Host, situation.Placed, situation.Context.KnownValues)))
            .Select(rule => Name(rule.Constraint))
            .ToList();
        return failed.Count > 0 ? $"constraint {string.Join(" and ", failed)} is not met" : $"outside of region {situation.Context.Options.HomeRegion}, and no constraint names another";
    }

    private static string Name(Constraint constraint)
    {
        var rule = constraint.Operator switch
        {
            ConstraintOperator.GroupBy => "GROUP_BY",
            ConstraintOperator.MaxPer => "MAX_PER",
            var other => other.ToString().ToUpperInvariant(),
        };
        return constraint.Value is { Length: > 0 } value ? $"{constraint.Field} {rule} {value}" : $"{constraint.Field} {rule}";
    }

    private static string Most(LaunchPlan plan, IReadOnlyList<JudgedAgent> agents, string resource) =>
        Number(agents.Max(agent => new Usable(new(agent.Host, null, agent.Free, null), plan, null).Amount(resource)));

    private static string Text(Shortage shortage) => shortage.Resource.StartsWith("port ", StringComparison.Ordinal)
        ? $"{shortage.Resource} is not free"
        : $"{shortage.Resource} {Number(shortage.Offered)} of {Number(shortage.Wanted)}";

    private static string Plural(int count, string word) => count == 1 ? word : word + "s";

    private static string Number(long thousandths) => Model.Resources.Thousandths.Print(thousandths);

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
