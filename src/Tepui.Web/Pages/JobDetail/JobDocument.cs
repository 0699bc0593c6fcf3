using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Web.Feeds;

namespace Tepui.Web.Pages.JobDetail;

/// <summary>The parts of a job's answer.</summary>
public static class JobDocument
{
    private static readonly string[] NotConfiguration =
        ["successCount", "errorCount", "errorsSinceLastSuccess", "lastSuccess", "lastError", "extras", "state", "status"];

    private static readonly (string Name, string Member)[] Plain =
    [
        ("Description", "description"), ("Command", "command"), ("Owner", "owner"), ("Owner's name", "ownerName"), ("User", "runAsUser"),
        ("Late after", "epsilon"), ("Missed times", "catchUp"), ("Overlap", "concurrency"), ("Delivery", "delivery"), ("Triggered by parents'", "parentTrigger"),
    ];

    /// <summary>The configuration alone, as it would be sent to change it.</summary>
    public static JsonObject Configuration(JsonElement job)
    {
        var result = new JsonObject();
        foreach (var member in job.EnumerateObject().Where(member => !NotConfiguration.Contains(member.Name) && !IsEcho(job, member)))
        {
            result[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return result;
    }

    /// <summary>What it is, name by name; only what is given.</summary>
    public static IReadOnlyList<(string Name, string Value)> Facts(JsonElement job)
    {
        var facts = Plain.Select(fact => (fact.Name, Value: job.Text(fact.Member) ?? "")).Where(fact => fact.Value.Length > 0).ToList();
        var arguments = job.List("arguments").Select(argument => argument.Text()).ToList();
        var container = job.Object("container");
        (string Name, string Value)[] others =
        [
            ("Arguments", string.Join(' ', arguments)),
            ("Image", container is { } image ? $"{image.Text("image")} ({image.Text("type")})" : ""),
            ("Resources", $"{Show.Number(job.Number("cpus"))} CPU, {Show.Bytes(job.Number("mem") * 1024 * 1024)} memory, {Show.Bytes(job.Number("disk") * 1024 * 1024)} disk"),
            ("Retries", job.Text("retries") ?? ""),
            ("Longest run", job.Number("maxCompletionTime") is > 0 and < 1e9 and var longest ? Show.Span(TimeSpan.FromSeconds(longest)) : ""),
            ("Soft errors", job.Flag("softError") ? "a failure counts as a success for its children" : ""),
            ("Priority", job.Flag("highPriority") ? "high" : ""),
            ("Constraints", string.Join(", ", job.List("constraints").Where(constraint => constraint.ValueKind == JsonValueKind.Array).Select(constraint => string.Join(' ', constraint.EnumerateArray().Select(part => part.Text()))))),
        ];
        return [.. facts, .. others.Where(fact => fact.Value.Length > 0)];
    }

    // The older word for files repeats the newer one, and jobs with another kind of schedule have an empty one.
    private static bool IsEcho(JsonElement job, JsonProperty member) =>
        (member.Name == "uris" && job.List("fetch").Any()) || (member.Name == "schedule" && member.Value.Text().Length == 0);
}
