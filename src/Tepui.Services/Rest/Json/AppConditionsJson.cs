using System.Text.Json;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>What an app suffers from, and what the autoscaler does with it.</summary>
internal static class AppConditionsJson
{
    /// <summary>Writes <c>crashLoop</c>, <c>killBudget</c> and <c>autoscalingStatus</c> as members of the open object, where there is something to say.</summary>
    public static void Write(Utf8JsonWriter json, ServicesView view, PathId app)
    {
        if (view.CrashLoops.GetValueOrDefault(app) is { } loop)
        {
            json.WriteStartObject("crashLoop"u8);
            json.WriteString("kind"u8, loop.Kind);
            json.WriteIfSet("exitCode"u8, loop.ExitCode);
            json.WriteIfSet("signal"u8, loop.Signal);
            json.WriteNumber("count"u8, loop.Count);
            json.WriteTime("since"u8, loop.Since);
            json.WriteString("message"u8, loop.Message);
            json.WriteNumber("backoffSeconds"u8, Math.Round(loop.Backoff.TotalSeconds, 3));
            json.WriteEndObject();
        }

        if (view.KillBudgets.GetValueOrDefault(app) is { } budget)
        {
            json.WriteStartObject("killBudget"u8);
            json.WriteBoolean("limited"u8, true);
            json.WriteNumber("unhealthy"u8, budget.Unhealthy);
            json.WriteNumber("allowed"u8, budget.Allowed);
            json.WriteString("reason"u8, budget.Reason);
            json.WriteEndObject();
        }

        if (view.Scaling.GetValueOrDefault(app) is { } decision)
        {
            json.WriteStartObject("autoscalingStatus"u8);
            json.WriteStartObject("lastDecision"u8);
            json.WriteTime("at"u8, decision.At);
            json.WriteNumber("from"u8, decision.From);
            json.WriteNumber("to"u8, decision.To);
            if (decision.Value is { } value)
            {
                json.WriteNumber("value"u8, value);
            }

            json.WriteString("reason"u8, decision.Reason);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
