using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Logs;
using Tepui.Runtime.Rest;

namespace Tepui.Frameworks.Rest;

/// <summary>How much is logged.</summary>
/// <param name="level">The level operators can raise, if the process has one.</param>
public sealed class LoggingRoutes(LoggingLevel? level)
{
    private static readonly TimeSpan DurationStandard = TimeSpan.FromHours(1);

    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/logging", ShowAsync)
        .Map("POST", "/logging", SetAsync);

    private Task ShowAsync(RestCall call) => RestAnswer.JsonAsync(call.Context, Write);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("ROOT"u8, (level?.Level ?? 0) switch { 0 => "INFO", 1 => "DEBUG", _ => "TRACE" });
        json.WriteEndObject();
    }

    private async Task SetAsync(RestCall call)
    {
        if (await RestBody.ReadAsync(call) is not { } body)
        {
            return;
        }

        var wanted = Text(body.Node, "level")?.ToLowerInvariant();
        if (wanted is not ("trace" or "debug" or "info" or "warn" or "error" or "off"))
        {
            await call.Api.ErrorAsync(call.Context, StatusCodes.Status422UnprocessableEntity, $"level is '{wanted}'; allowed are trace, debug, info, warn, error and off");
            return;
        }

        var seconds = (body.Node as JsonObject)?["durationSeconds"] is JsonValue value && value.TryGetValue<double>(out var number) ? number : DurationStandard.TotalSeconds;
        if (seconds <= 0 || seconds > LoggingLevel.DurationMax.TotalSeconds)
        {
            await call.Api.ErrorAsync(call.Context, StatusCodes.Status422UnprocessableEntity, $"durationSeconds is {seconds}; it must be above 0 and at most {LoggingLevel.DurationMax.TotalSeconds}");
            return;
        }

        // The start's level is the least there is: warn, error and off let it stand.
        level?.Set(wanted switch { "trace" => 2u, "debug" => 1u, _ => level.Original }, TimeSpan.FromSeconds(seconds));
        await RestAnswer.JsonAsync(call.Context, Write);
    }

    private static string? Text(JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
