using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>How the command line prints runs.</summary>
internal static class RunText
{
    private static readonly string[] Finals = ["succeeded", "failed", "killed", "lost", "skipped"];

    /// <summary>Prints runs as the API lists them.</summary>
    public static void WriteTable(TextWriter output, IEnumerable<JsonNode> runs, DateTimeOffset now)
    {
        var table = new Table("RUN", "DUE", "CAUSE", "STATE", "STARTED", "DURATION", "ATTEMPT", "AGENT", "MESSAGE");
        foreach (var run in runs)
        {
            table.Add(
                Fields.Plain(run.Number("run") ?? 0), Text.Iso(Due(run)), Cause(run), State(run), RelativeTime.Of(run.Time("startedAt"), now),
                RelativeTime.Length(Seconds(run, now)), run.Items("attempts").Any() ? $"{Attempt(run)}" : "-", Host(run), run.Text("message") ?? "");
        }

        table.WriteTo(output);
    }

    /// <summary>Whether a run is over.</summary>
    public static bool IsOver(JsonNode? run) => Finals.Contains(run.Text("state"), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it ended well.</summary>
    public static bool IsSuccess(JsonNode? run) => string.Equals(run.Text("state"), "succeeded", StringComparison.OrdinalIgnoreCase);

    /// <summary>What it does.</summary>
    public static string State(JsonNode run) => run.Text("state")?.ToLowerInvariant() ?? "-";

    /// <summary>Why there is a run, as in <c>schedule, 3 due times</c> or <c>parents tick 4</c>.</summary>
    public static string Cause(JsonNode run)
    {
        var kind = run.Text("cause", "kind") ?? "-";
        var parents = run.Items("cause", "parents").Select(parent => $"{parent.Text("job")} {Fields.Plain(parent.Number("run") ?? 0)}").ToList();
        var covers = run.Number("cause", "covers") ?? 1;
        return (kind, parents.Count, covers) switch
        {
            (_, > 0, _) => $"{kind} {JobText.Names(parents)}",
            (_, _, > 1) => $"{kind}, {Fields.Plain(covers)} due times",
            _ => kind,
        };
    }

    /// <summary>A run in a sentence, as in <c>run 5 failed after 3.2s (exit 1)</c>.</summary>
    public static string Sentence(JsonNode run, DateTimeOffset now)
    {
        var length = Seconds(run, now) is { } seconds && IsOver(run) ? $" after {RelativeTime.Length(seconds)}" : "";
        var why = run.Text("message") ?? run.Text("reason");
        return $"run {Fields.Plain(run.Number("run") ?? 0)} {State(run)}{length}{(why is { Length: > 0 } ? $": {why.ReplaceLineEndings(" ")}" : "")}";
    }

    /// <summary>Number of an attempt for people, who count from 1 as messages do; the API and task ids count from 0.</summary>
    public static long Attempt(JsonNode? runOrAttempt) => runOrAttempt.Count("attempt") + 1L;

    /// <summary>Where its last attempt is or was.</summary>
    public static string Host(JsonNode run) => run.Items("attempts").LastOrDefault() is { } last ? last.Text("host") ?? last.Text("agentId") ?? "-" : "-";

    private static DateTimeOffset? Due(JsonNode run) => run.Time("due") ?? run.Time("cause", "due");

    private static double? Seconds(JsonNode run, DateTimeOffset now) =>
        run.Number("durationSeconds") ?? (run.Time("startedAt") is { } started ? Math.Max(0, ((run.Time("endedAt") ?? now) - started).TotalSeconds) : null);
}
