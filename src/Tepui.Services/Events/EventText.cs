using System.Text;
using System.Text.Json;
using Tepui.Runtime.Http;

namespace Tepui.Services.Events;

/// <summary>One event as subscribers read it.</summary>
internal sealed class EventText
{
    private EventText(string type, byte[] json)
    {
        Type = type;
        Json = json;
        Frame = Encoding.UTF8.GetBytes($"event: {type}\r\ndata: ").Concat(json).Concat("\r\n\r\n"u8.ToArray()).ToArray();
    }

    /// <summary>Whether only those subscribers hear it that ask for it: clients of Marathon may fail on a type they do not know.</summary>
    public bool IsExtra => Type is "deployment_paused_event" or "deployment_resumed_event" or "deployment_rollback_event" or "kill_budget_event" or "autoscaling_event" or "crash_loop_event";

    /// <summary>As in <c>status_update_event</c>.</summary>
    public string Type { get; }

    /// <summary>The document.</summary>
    public byte[] Json { get; }

    /// <summary>What goes over a stream: name, document, blank line.</summary>
    public byte[] Frame { get; }

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
            Rest.Json.Timestamps.WriteTime(json, "timestamp"u8, at);
            json.WriteEndObject();
        });
        return new EventText(type, buffer.WrittenSpan.ToArray());
    }
}
