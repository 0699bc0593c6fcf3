using System.Buffers.Text;
using Google.Protobuf;
using Tepui.Protocol.Json;

namespace Tepui.Runtime.Http;

/// <summary>One event on its way to any number of subscribers. It is serialised by the first subscriber of each format and shared with the others, so an event for a thousand readers costs one serialisation. The message must not change any more.</summary>
public sealed class StreamRecord
{
    private readonly Lock _gate = new();
    private readonly IMessage _message;
    private readonly JsonWriteOptions? _options;
    private byte[]? _json;
    private byte[]? _protobuf;

    /// <summary>Wraps a message.</summary>
    /// <param name="message">The event.</param>
    /// <param name="options">Lists that JSON shows even when empty; <see langword="null"/> for none.</param>
    public StreamRecord(IMessage message, JsonWriteOptions? options = null)
    {
        _options = options;
        _message = message;
        Size = message.CalculateSize();
    }

    /// <summary>What the record counts against a subscriber's buffer, in bytes: its size as protobuf.</summary>
    public int Size { get; }

    /// <summary>The framed record: length in decimal, a line feed, the message.</summary>
    public ReadOnlyMemory<byte> Framed(WireFormat format)
    {
        lock (_gate)
        {
            return format == WireFormat.Json
                ? _json ??= Frame(WireFormat.Json)
                : _protobuf ??= Frame(WireFormat.Protobuf);
        }
    }

    private byte[] Frame(WireFormat format)
    {
        using var buffer = new PooledBuffer(Size + 64);
        MessageFormat.Write(_message, format, buffer, _options);

        Span<byte> header = stackalloc byte[16];
        Utf8Formatter.TryFormat(buffer.WrittenCount, header, out var digits);
        header[digits++] = (byte)'\n';

        var framed = new byte[digits + buffer.WrittenCount];
        header[..digits].CopyTo(framed);
        buffer.WrittenSpan.CopyTo(framed.AsSpan(digits));
        return framed;
    }
}
