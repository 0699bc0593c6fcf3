using System.Text;

namespace Tepui.Frameworks.Events;

/// <summary>One event as subscribers read it.</summary>
public sealed class EventText
{
    /// <summary>Frames an event.</summary>
    /// <param name="type">As in <c>status_update_event</c>.</param>
    /// <param name="json">The document.</param>
    /// <param name="isExtra">Whether only those subscribers hear it that ask for it.</param>
    public EventText(string type, byte[] json, bool isExtra = false)
    {
        Type = type;
        Json = json;
        IsExtra = isExtra;
        Frame = Encoding.UTF8.GetBytes($"event: {type}\r\ndata: ").Concat(json).Concat("\r\n\r\n"u8.ToArray()).ToArray();
    }

    /// <summary>Whether only those subscribers hear it that ask for it: existing clients may fail on a type they do not know.</summary>
    public bool IsExtra { get; }

    /// <summary>As in <c>status_update_event</c>.</summary>
    public string Type { get; }

    /// <summary>The document.</summary>
    public byte[] Json { get; }

    /// <summary>What goes over a stream: name, document, blank line.</summary>
    public byte[] Frame { get; }
}
