using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Jobs;

/// <summary>How the command line prints a job's answer.</summary>
internal static class JobText
{
    // In lists.
    private const int NamesMax = 3;

    /// <summary>When it runs: its schedule, its cron expression, or <c>after a, b</c>.</summary>
    public static string Schedule(JsonNode job) => Schedule(job, names => string.Join(", ", names));

    /// <summary>The same for lists, where many parents are cut: <c>after a, b and 898 more</c>.</summary>
    public static string ShortSchedule(JsonNode job) => Schedule(job, Names);

    /// <summary>Names for a line of a list; of more than three the first two and how many more.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        names.Count <= NamesMax ? string.Join(", ", names) : $"{string.Join(", ", names.Take(NamesMax - 1))} and {names.Count - NamesMax + 1} more";

    /// <summary>The zone of its schedule.</summary>
    public static string Zone(JsonNode job) => job.Text("scheduleTimeZone") is { Length: > 0 } zone ? zone : "UTC";

    /// <summary>How its last run ended: <c>success</c>, <c>failure</c>, or <c>fresh</c> before the first.</summary>
    public static string Status(JsonNode job) => (job.Time("lastSuccess"), job.Time("lastError")) switch
    {
        (null, null) => "fresh",
        (_, null) => "success",
        (null, _) => "failure",
        var (success, error) => error > success ? "failure" : "success",
    };

    /// <summary>What it does now: <c>idle</c>, <c>queued</c>, <c>2 running</c>, <c>disabled</c>.</summary>
    public static string State(JsonNode job)
    {
        var state = job.Text("extras", "state") ?? "-";
        return job.IsTrue("disabled") && state is "idle" or "-" ? "disabled" : state;
    }

    /// <summary>Its next run, seen from now.</summary>
    public static string NextRun(JsonNode job, DateTimeOffset now)
    {
        var next = job.Time("extras", "nextRun");
        return next is { } due && (due < now || job.IsTrue("extras", "overdue")) ? $"overdue {RelativeTime.Of(next, now)}" : RelativeTime.Of(next, now);
    }

    /// <summary>The members its author gave: what could be sent again.</summary>
    public static JsonObject Definition(JsonObject job)
    {
        var definition = job.DeepClone().AsObject();
        foreach (var name in Counters)
        {
            definition.Remove(name);
        }

        return definition;
    }

    /// <summary>The definition without the members that say nothing: empty texts and lists, null, and flags that are as they are for a job whose author says nothing.</summary>
    public static JsonObject Short(JsonObject job)
    {
        var definition = Definition(job);
        foreach (var name in definition.Where(field => SaysNothing(field.Key, field.Value)).Select(field => field.Key).ToList())
        {
            definition.Remove(name);
        }

        return definition;
    }

    private static string Schedule(JsonNode job, Func<IReadOnlyList<string>, string> join)
    {
        var parents = job.Texts("parents").ToList();
        return parents.Count > 0 ? $"{Trigger(job)}{join(parents)}"
            : job.Text("cron") is { Length: > 0 } cron ? $"cron {cron}"
            : job.Text("schedule") is { Length: > 0 } schedule ? schedule
            : "-";
    }

    private static bool SaysNothing(string name, JsonNode? value) => value switch
    {
        null or JsonArray { Count: 0 } or JsonObject { Count: 0 } => true,
        JsonValue one => one.Text() is "" || one.GetValueKind() == (name == OnByDefault ? JsonValueKind.True : JsonValueKind.False),
        _ => false,
    };

    // All other flags are off by default.
    private const string OnByDefault = "shell";

    private static readonly string[] Counters = ["extras", "successCount", "errorCount", "errorsSinceLastSuccess", "lastSuccess", "lastError"];

    private static string Trigger(JsonNode job) => job.Text("parentTrigger") switch
    {
        "failure" => "after failure of ",
        "any" => "after any end of ",
        _ => "after ",
    };
}
