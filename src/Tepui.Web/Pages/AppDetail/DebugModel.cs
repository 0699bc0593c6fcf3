using System.Text.Json;
using Tepui.Web.Cluster;
using Tepui.Web.Feeds;
using Tepui.Web.Services;

namespace Tepui.Web.Pages.AppDetail;

/// <summary>How an app's last failed task ended.</summary>
public sealed record TaskFailure(string Task, string State, string Message, string Host, DateTimeOffset? At, string Version, TaskKey? Key);

/// <summary>A gate of offer matching, and how many offers it turned down.</summary>
public sealed record Rejection(string Reason, int Declined, int Processed);

/// <summary>How long instances of one kind live.</summary>
public sealed record LifeRow(string Name, int Staged, int Running, int Healthy, int Unhealthy, TimeSpan? Average, TimeSpan? Median);

/// <summary>What keeps an app from running well.</summary>
public sealed record DebugModel
{
    /// <summary>The last failure; null when no task failed.</summary>
    public TaskFailure? Failure { get; init; }

    /// <summary>Why it crash-loops; null when it does not.</summary>
    public string? CrashLoop { get; init; }

    /// <summary>Why kills are held back; null when they are not.</summary>
    public string? KillBudget { get; init; }

    /// <summary>How many instances wait.</summary>
    public int Waiting { get; init; }

    /// <summary>Why, in words.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The agent that comes closest, in words; null when nothing is short.</summary>
    public string? NearestMiss { get; init; }

    /// <summary>Offers turned down, gate by gate.</summary>
    public IReadOnlyList<Rejection> Rejections { get; init; } = [];

    /// <summary>Constraints, and how many agents each leaves.</summary>
    public IReadOnlyList<(string Constraint, int AgentsLeft)> Constraints { get; init; } = [];

    /// <summary>When instances were added or taken away.</summary>
    public DateTimeOffset? LastScaling { get; init; }

    /// <summary>When the configuration changed.</summary>
    public DateTimeOffset? LastConfiguration { get; init; }

    /// <summary>The autoscaler's last decision in words; null when it has taken none.</summary>
    public string? Autoscaling { get; init; }

    /// <summary>Statistics of its instances.</summary>
    public IReadOnlyList<LifeRow> Lives { get; init; } = [];

    /// <summary>Deployments that changed it, latest first.</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];

    /// <summary>Builds it.</summary>
    /// <param name="id">The app or pod.</param>
    /// <param name="app">Its document.</param>
    /// <param name="explain">What <c>/v2/explain</c> says; null when it says nothing.</param>
    /// <param name="services">The services.</param>
    public static DebugModel Build(string id, JsonElement app, JsonElement? explain, ServicesSnapshot services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var why = explain ?? default;
        var info = app.Object("versionInfo") ?? default;
        return new DebugModel
        {
            Failure = app.Object("lastTaskFailure") is { } failure ? FailureOf(failure, services.FrameworkId) : null,
            CrashLoop = app.Object("crashLoop") is { } loop ? Words.CrashLoop(loop) : null,
            KillBudget = app.Object("killBudget") is { } budget && budget.Flag("limited") ? Words.KillBudget(budget) : null,
            Waiting = why.Int("waiting", services.Queue.GetValueOrDefault(id)?.Count ?? 0),
            Reasons = [.. why.List("reasons").Select(reason => reason.Text())],
            NearestMiss = why.Object("nearestMiss") is { } miss ? MissOf(miss) : null,
            Rejections = [.. why.List("rejections").Select(gate => new Rejection(gate.Text("reason") ?? "", gate.Int("declined"), gate.Int("processed")))],
            Constraints = [.. why.List("constraints").Select(rule => (ConstraintOf(rule), rule.Int("agentsLeft")))],
            LastScaling = info.Moment("lastScalingAt"),
            LastConfiguration = info.Moment("lastConfigChangeAt"),
            Autoscaling = app.Object("autoscalingStatus")?.Object("lastDecision") is { } decision ? DecisionOf(decision) : null,
            Lives = [.. LivesOf(app.Object("tasksStats") ?? app.Object("taskStats") ?? default)],
            Deployments = [.. services.Deployments.Where(deployment => deployment.Affected.Contains(id)).Take(20)],
        };
    }

    private static TaskFailure FailureOf(JsonElement failure, string? framework) => new(
        failure.Text("taskId") ?? "",
        failure.Text("state") ?? "",
        failure.Text("message") ?? "",
        failure.Text("host") ?? "",
        failure.Moment("timestamp"),
        failure.Text("version") ?? "",
        framework is not null && failure.Text("taskId") is { } task ? new TaskKey(framework, task) : null);

    private static string MissOf(JsonElement miss)
    {
        var missing = miss.List("missing").Select(part => $"{part.Text("resource")}: wants {part.Text("wanted")}, has {part.Text("offered")}");
        return $"{miss.Text("host") ?? miss.Text("agentId")} comes closest. {string.Join("; ", missing)}.";
    }

    private static string ConstraintOf(JsonElement rule) => rule.Member("constraint") switch
    {
        { ValueKind: JsonValueKind.Array } parts => string.Join(' ', parts.EnumerateArray().Select(part => part.Text())),
        { } text => text.Text(),
        null => "",
    };

    private static string DecisionOf(JsonElement decision) =>
        $"{decision.Int("from")} → {decision.Int("to")} at {Show.Moment(decision.Moment("at"))}: {decision.Text("reason")}";

    private static IEnumerable<LifeRow> LivesOf(JsonElement stats)
    {
        foreach (var (key, name) in new[] { ("totalSummary", "All"), ("withLatestConfig", "With the latest configuration"), ("withOutdatedConfig", "With an older configuration"), ("startedAfterLastScaling", "Started after the last scaling") })
        {
            if (stats.Object(key)?.Object("stats") is { } row)
            {
                var counts = row.Object("counts") ?? default;
                yield return new LifeRow(name, counts.Int("staged"), counts.Int("running"), counts.Int("healthy"), counts.Int("unhealthy"), Life(row, "averageSeconds"), Life(row, "medianSeconds"));
            }
        }
    }

    private static TimeSpan? Life(JsonElement row, string name) =>
        row.Object("lifeTime") is { } life && life.Member(name) is not null ? TimeSpan.FromSeconds(Math.Clamp(life.Number(name), 0, 1e9)) : null;
}
