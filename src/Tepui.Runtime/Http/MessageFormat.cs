using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Tepui.Protocol;
using Tepui.Protocol.Json;

namespace Tepui.Runtime.Http;

/// <summary>Messages to bytes and back, in either format, with the error texts of the API.</summary>
public static class MessageFormat
{
    /// <summary>Appends a message to <paramref name="output"/>.</summary>
    /// <param name="message">What to write.</param>
    /// <param name="format">How.</param>
    /// <param name="output">Where to.</param>
    /// <param name="options">Lists that JSON shows even when empty; <see langword="null"/> for none.</param>
    public static void Write(IMessage message, WireFormat format, IBufferWriter<byte> output, JsonWriteOptions? options = null)
    {
        if (format == WireFormat.Protobuf)
        {
            message.WriteTo(output);
        }
        else
        {
            JsonCodec.Write(message, output, options);
        }
    }

    /// <summary>Reads a call from a request body.</summary>
    /// <param name="format">How the body is written.</param>
    /// <param name="body">The body.</param>
    /// <param name="call">The call, complete as to required fields.</param>
    /// <param name="error">What is wrong, as clients are told.</param>
    public static bool TryRead<TCall>(WireFormat format, ReadOnlyMemory<byte> body, [NotNullWhen(true)] out TCall? call, [NotNullWhen(false)] out string? error)
        where TCall : class, IMessage<TCall>, new()
    {
        if (format == WireFormat.Json)
        {
            var parsed = JsonCodec.TryParse(body.Span, out call, out var problem);
            error = problem?.ToSentence();
            return parsed;
        }

        var read = ProtobufCodec.TryParse(body, out call, out _);
        error = read ? null : "Failed to parse body into Call protobuf";
        return read;
    }
}
