using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Tepui.Protocol.Json;

namespace Tepui.Protocol;

/// <summary>Reads binary messages from outside: bad bytes and missing required fields are an answer, not an exception.</summary>
public static class ProtobufCodec
{
    /// <summary>Reads a message.</summary>
    /// <param name="bytes">One message, nothing behind it.</param>
    /// <param name="message">The message with all its required fields, or null.</param>
    /// <param name="problem">Why there is none, or null.</param>
    public static bool TryParse<T>(ReadOnlySequence<byte> bytes, [NotNullWhen(true)] out T? message, [NotNullWhen(false)] out string? problem)
        where T : class, IMessage<T>, new()
    {
        // The generated Parser would check the required fields by reflection.
        var parsed = new T();
        message = null;
        try
        {
            parsed.MergeFrom(bytes);
        }
        catch (Exception e) when (IsAboutTheBytes(e))
        {
            problem = e.Message;
            return false;
        }

        if (!RequiredFields.AreSet(parsed))
        {
            problem = $"Missing required fields: {RequiredFields.Missing(parsed)}";
            return false;
        }

        message = parsed;
        problem = null;
        return true;
    }

    /// <inheritdoc cref="TryParse{T}(ReadOnlySequence{byte}, out T, out string)"/>
    public static bool TryParse<T>(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out T? message, [NotNullWhen(false)] out string? problem)
        where T : class, IMessage<T>, new() => TryParse(new ReadOnlySequence<byte>(bytes), out message, out problem);

    // A length near the largest int makes the parser itself reach behind its buffer.
    private static bool IsAboutTheBytes(Exception e) =>
        e is InvalidProtocolBufferException or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException;
}
