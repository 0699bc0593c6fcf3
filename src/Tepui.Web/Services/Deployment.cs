using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Services;

/// <summary>One action of a deployment.</summary>
/// <param name="Action">As in <c>RestartApplication</c>.</param>
/// <param name="App">The app or pod it changes.</param>
public sealed record DeploymentAction(string Action, string App);

/// <summary>How far an action is.</summary>
/// <param name="App">The app or pod.</param>
/// <param name="Target">Instances wanted at the end.</param>
/// <param name="Old">Old instances still there.</param>
/// <param name="New">New instances started.</param>
/// <param name="Ready">New instances that are ready.</param>
/// <param name="Healthy">New instances that are healthy.</param>
public sealed record ActionProgress(string App, int Target, int Old, int New, int Ready, int Healthy);

/// <summary>A deployment, running or finished.</summary>
public sealed record Deployment
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Apps and pods it changes.</summary>
    public IReadOnlyList<string> Affected { get; init; } = [];

    /// <summary>Its steps; the actions of one step run side by side.</summary>
    public IReadOnlyList<IReadOnlyList<DeploymentAction>> Steps { get; init; } = [];

    /// <summary>The step under way, from 1; 0 before the first.</summary>
    public int CurrentStep { get; init; }

    /// <summary>Number of steps.</summary>
    public int TotalSteps { get; init; }

    /// <summary><c>running</c>, <c>paused</c>, <c>waitingForPromotion</c> or <c>rollingBack</c>.</summary>
    public string State { get; init; } = "running";

    /// <summary><c>rolling</c>, <c>canary</c> or <c>blueGreen</c>.</summary>
    public string? Strategy { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Why it does not advance; null when it does.</summary>
    public string? Reason { get; init; }

    /// <summary>How far the actions under way are.</summary>
    public IReadOnlyList<ActionProgress> Progress { get; init; } = [];

    /// <summary><c>success</c>, <c>failed</c>, <c>cancelled</c> or <c>rolledBack</c>; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => Outcome is null;

    /// <summary>Reads an item of <c>/v2/deployments</c>.</summary>
    public static Deployment From(JsonElement deployment)
    {
        var steps = deployment.List("steps").Select(step => (IReadOnlyList<DeploymentAction>)[.. step.List("actions").Select(Action)]).ToList();
        return new Deployment
        {
            Id = deployment.Text("id") ?? "",
            Affected = [.. deployment.List("affectedApps").Concat(deployment.List("affectedPods")).Select(id => id.Text())],
            Steps = steps,
            CurrentStep = deployment.Int("currentStep"),
            TotalSteps = deployment.Int("totalSteps", steps.Count),
            State = deployment.Text("state") ?? "running",
            Strategy = deployment.Text("strategy"),
            Started = deployment.Moment("startedAt") ?? deployment.Moment("version"),
            Reason = deployment.Text("reason") is { Length: > 0 } reason ? reason : null,
            Progress = [.. deployment.List("progress").Select(Progressed)],
            Outcome = deployment.Text("outcome"),
            Finished = deployment.Moment("finishedAt"),
        };
    }

    private static DeploymentAction Action(JsonElement action) =>
        new(action.Text("action") ?? action.Text("type") ?? "", action.Text("app") ?? action.Text("pod") ?? "");

    private static ActionProgress Progressed(JsonElement progress) => new(
        progress.Text("app") ?? "",
        progress.Int("target"),
        progress.Int("old"),
        progress.Int("new"),
        progress.Int("ready"),
        progress.Int("healthy"));
}
