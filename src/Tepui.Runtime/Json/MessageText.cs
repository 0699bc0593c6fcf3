using System.Text.Json;
using Google.Protobuf;
using Tepui.Protocol.Json;

namespace Tepui.Runtime.Json;

/// <summary>Messages of the wire inside documents written by hand.</summary>
public static class MessageText
{
    /// <summary>Writes <paramref name="message"/> as the next value.</summary>
    public static void Value(Utf8JsonWriter json, IMessage message)
    {
        JsonCodec.Write(json, message);
    }

    /// <summary>The JSON of <paramref name="message"/>, for texts that quote it.</summary>
    public static string Of(IMessage message) => JsonCodec.ToText(message);

    /// <summary>Writes a member, or nothing when there is no message.</summary>
    public static void Member(Utf8JsonWriter json, ReadOnlySpan<byte> name, IMessage? message)
    {
        if (message is not null)
        {
            json.WritePropertyName(name);
            Value(json, message);
        }
    }
}
