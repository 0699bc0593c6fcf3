using System.Text.Json;
using Tepui.Frameworks.Events;
using Tepui.Runtime.Http;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Events;

/// <summary>Writes events in Marathon's form.</summary>
internal static class EventTexts
{
    /// <summary>Writes an event.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="members">Writes its own members into the open object.</param>
    public static EventText Write(string type, DateTimeOffset at, Action<Utf8JsonWriter> members)
    {
        using var buffer = new PooledBuffer(512);
        JsonText.Write(buffer, json =>
        {
            json.WriteStartObject();
            members(json);
            json.WriteString("eventType"u8, type);
            json.WriteTime("timestamp"u8, at);
            json.WriteEndObject();
        });
        return new EventText(type, buffer.WrittenSpan.ToArray(), IsExtra(type));
    }

    /// <summary>Writes an event that concerns streams themselves.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="address">Of the client.</param>
    public static EventText Stream(string type, DateTimeOffset at, string address) => Write(type, at, json => json.WriteString("remoteAddress"u8, address));

    // Clients of Marathon may fail on a type they do not know.
    private static bool IsExtra(string type) =>
        type is "deployment_paused_event" or "deployment_resumed_event" or "deployment_rollback_event" or "kill_budget_event" or "autoscaling_event" or "crash_loop_event";
}
