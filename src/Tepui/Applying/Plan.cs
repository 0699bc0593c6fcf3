using System.Text.Json.Nodes;

namespace Tepui.Applying;

/// <summary>What applying a stack would do.</summary>
/// <param name="Changes">What would change, by id; jobs last, parents before their children.</param>
/// <param name="Steps">Steps of the deployment of the apps, as a dry run tells them.</param>
/// <param name="Placements">Where new instances would go, as a dry run tells it.</param>
internal sealed record Plan(IReadOnlyList<PlannedChange> Changes, JsonArray Steps, JsonArray Placements)
{
    /// <summary>Whether all is as it should be already.</summary>
    public bool IsEmpty => Changes.Count == 0 && Steps.Count == 0;

    /// <summary>Nothing.</summary>
    public static readonly Plan Empty = new([], [], []);

    /// <summary>The plan with jobs beside the rest, in the order they are sent.</summary>
    public Plan With(IEnumerable<PlannedChange> jobs) => this with { Changes = [.. Changes, .. jobs] };

    /// <summary>Puts together what services say of the apps and what changes of the pods.</summary>
    public static Plan Of(JsonNode? dryRun, IEnumerable<PlannedChange> pods)
    {
        var changes = dryRun.At("changes") is JsonArray ? dryRun.Items("changes").Select(PlannedChange.Read) : dryRun.Items("steps").SelectMany(FromStep);
        return new(
            [.. changes.Concat(pods).OrderBy(change => change.Id, StringComparer.Ordinal)],
            dryRun.At("steps")?.DeepClone() as JsonArray ?? [],
            dryRun.At("placements")?.DeepClone() as JsonArray ?? []);
    }

    /// <summary>The plan as a document.</summary>
    public JsonObject ToJson() => new()
    {
        ["changes"] = new JsonArray([.. Changes.Select(change => change.ToJson())]),
        ["steps"] = Steps.DeepClone(),
        ["placements"] = Placements.DeepClone(),
    };

    /// <summary>Where a dry run tells steps only, each action is a change.</summary>
    private static IEnumerable<PlannedChange> FromStep(JsonNode step) => step.Items("actions").Select(action => new PlannedChange(
        action.Text("pod") is null ? "app" : "pod",
        action.Text("app") ?? action.Text("pod") ?? "",
        action.Text("action") switch
        {
            "StartApplication" or "StartPod" => "create",
            "StopApplication" or "StopPod" => "remove",
            "ScaleApplication" or "ScalePod" => "scale",
            _ => "update",
        },
        [])).Where(change => change.Id.Length > 0);
}
