using System.Text.Json.Nodes;

namespace Tepui.Deploying;

/// <summary>A deployment as services report it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>running</c>, <c>paused</c>, <c>waitingForPromotion</c> or <c>rollingBack</c>.</param>
/// <param name="Strategy">How new instances replace old ones.</param>
/// <param name="Outcome"><c>success</c>, <c>failed</c>, <c>cancelled</c> or <c>rolledBack</c>; nothing while it goes on.</param>
/// <param name="Reason">Why it does not advance, or why it ended as it did.</param>
/// <param name="Step">The present step, from 1.</param>
/// <param name="Steps">How many there are.</param>
/// <param name="Affected">Apps and pods it changes.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Progress">How far its actions are.</param>
/// <param name="Json">The whole answer.</param>
internal sealed record DeploymentStatus(
    string Id,
    string State,
    string? Strategy,
    string? Outcome,
    string? Reason,
    int Step,
    int Steps,
    IReadOnlyList<string> Affected,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<ActionProgress> Progress,
    JsonNode Json)
{
    /// <summary>Whether it has ended.</summary>
    public bool IsFinished => Outcome is not null;

    /// <summary>Whether it did what was asked.</summary>
    public bool IsSuccess => Outcome == "success";

    /// <summary>Whether it stands still until someone promotes it.</summary>
    public bool WaitsForPromotion => !IsFinished && State == "waitingForPromotion";

    /// <summary>Whether it was paused: by hand, or because too much failed.</summary>
    public bool IsPaused => !IsFinished && State == "paused";

    /// <summary>Whether it goes on only when someone says so.</summary>
    public bool WaitsForSomeone => WaitsForPromotion || IsPaused;

    /// <summary>Its state or its end, as people say it.</summary>
    public string Words => (Outcome ?? State) switch
    {
        "success" => "succeeded",
        "failed" => "failed",
        "cancelled" => "cancelled",
        "rolledBack" => "rolled back",
        "rollingBack" => "rolling back",
        "waitingForPromotion" => "waiting for promotion",
        var other => other,
    };

    /// <summary>Reads an answer of <c>/v2/deployments</c>.</summary>
    public static DeploymentStatus Read(JsonNode json) => new(
        json.Text("id") ?? "",
        json.Text("state") ?? "running",
        json.Text("strategy"),
        json.Text("outcome"),
        json.Text("reason") is { Length: > 0 } reason ? reason : null,
        json.Count("currentStep"),
        json.Count("totalSteps"),
        [.. json.Texts("affectedApps").Concat(json.Texts("affectedPods"))],
        json.Time("startedAt") ?? json.Time("version"),
        json.Time("finishedAt"),
        json.At("progress") is JsonArray ? [.. json.Items("progress").Select(ActionProgress.Read)] : [.. json.Items("currentActions").Select(ActionProgress.Read)],
        json);
}
