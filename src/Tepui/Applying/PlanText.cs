using System.Text.Json.Nodes;
using Tepui.Documents;

namespace Tepui.Applying;

/// <summary>Prints a plan for people: what would change, in how many steps, and where instances would go.</summary>
internal static class PlanText
{
    private const int HostsMax = 8;

    /// <summary>Prints <paramref name="plan"/>.</summary>
    public static void Write(Plan plan, TextWriter output)
    {
        foreach (var change in plan.Changes)
        {
            output.WriteLine($"{Sign(change.Change)} {change.Change} {change.Kind} {change.Id}{Size(change)}");
            var shown = change.Change is "create" or "remove" ? [] : change.Fields;
            var width = shown.Select(field => field.Path.Length).DefaultIfEmpty(0).Max();
            foreach (var field in shown)
            {
                output.WriteLine($"      {field.Path.PadRight(width)}  {ChangeTable.Cell(field.From)} -> {ChangeTable.Cell(field.To)}");
            }
        }

        output.WriteLine();
        output.WriteLine(Summary(plan));
        WritePlacements(plan, output);
    }

    private static char Sign(string change) => change switch
    {
        "create" => '+',
        "remove" => '-',
        _ => '~',
    };

    /// <summary>What comes or goes, in figures; the definition itself is in the file, or gone.</summary>
    private static string Size(PlannedChange change)
    {
        var instances = Number(change, "/instances") ?? Number(change, "/scaling/instances");
        var figures = new[] { (instances, instances is 1 ? "instance" : "instances"), (Number(change, "/cpus"), "cpus"), (Number(change, "/mem"), "MB") }
            .Where(figure => figure.Item1 is not null)
            .Select(figure => $"{Fields.Plain(figure.Item1!.Value)} {figure.Item2}");
        return change.Change is "create" or "remove" && string.Join(", ", figures) is { Length: > 0 } text ? $"  ({text})" : "";
    }

    private static double? Number(PlannedChange change, string path) =>
        change.Fields.FirstOrDefault(field => field.Path == path) is { } found ? (change.Change == "remove" ? found.From : found.To).Number() : null;

    private static string Summary(Plan plan)
    {
        var counts = plan.Changes.Where(change => change.Kind != "group").GroupBy(change => change.Change, StringComparer.Ordinal).Select(group => $"{group.Count()} to {group.Key}");
        var steps = plan.Steps.Count > 0 ? $", in {plan.Steps.Count} {(plan.Steps.Count == 1 ? "step" : "steps")}" : "";
        return $"{string.Join(", ", counts)}{steps}";
    }

    private static void WritePlacements(Plan plan, TextWriter output)
    {
        var placements = plan.Placements.OfType<JsonNode>().Where(placement => placement.Items("instances").Any() || placement.Count("unplaced") > 0).ToList();
        if (placements.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("Instances would go to:");
        foreach (var placement in placements)
        {
            output.WriteLine($"  {placement.Text("id")}  {Hosts(placement)}");
            if (placement.Count("unplaced") is > 0 and var unplaced)
            {
                output.WriteLine($"      {unplaced} would wait{(placement.Text("reason") is { Length: > 0 } why ? $": {why}" : "")}");
            }
        }
    }

    private static string Hosts(JsonNode placement)
    {
        var hosts = placement.Items("instances").GroupBy(instance => (Host: instance.Text("host") ?? "?", Agent: instance.Text("agentId") ?? "?"))
            .OrderBy(group => group.Key.Host, StringComparer.Ordinal).ThenBy(group => group.Key.Agent, StringComparer.Ordinal).ToList();
        if (hosts.Count == 0)
        {
            return "nowhere now";
        }

        var sameHost = hosts.Select(group => group.Key.Host).Distinct(StringComparer.Ordinal).Count() < hosts.Count;
        var shown = hosts.Take(HostsMax).Select(group => $"{group.Count()} on {group.Key.Host}{(sameHost ? $" ({group.Key.Agent})" : "")}");
        return string.Join(", ", shown) + (hosts.Count > HostsMax ? $", … and {hosts.Count - HostsMax} agents more" : "");
    }
}
