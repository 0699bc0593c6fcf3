using System.Buffers;
using System.Buffers.Text;
using Google.Protobuf;
using Tepui.Protocol.Json;

namespace Tepui.Protocol.RecordIo;

/// <summary>Writes records: the length in decimal digits, a line feed, the bytes. Nothing is flushed.</summary>
public static class RecordWriter
{
    private const int MaxHead = 11;

    /// <summary>Writes one record.</summary>
    /// <param name="output">Where to; a <see cref="System.IO.Pipelines.PipeWriter"/> is one.</param>
    /// <param name="record">Its bytes; may be empty.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> record)
    {
        ArgumentNullException.ThrowIfNull(output);
        WriteHead(output, record.Length);
        output.Write(record);
    }

    /// <summary>Writes a record that holds <paramref name="message"/> in binary.</summary>
    public static void WriteProtobuf(IBufferWriter<byte> output, IMessage message)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(message);
        WriteHead(output, message.CalculateSize());
        message.WriteTo(output);
    }

    /// <summary>Writes a record that holds <paramref name="message"/> as JSON.</summary>
    public static void WriteJson(IBufferWriter<byte> output, IMessage message, JsonWriteOptions? options = null) =>
        Write(output, JsonCodec.ToBytes(message, options));

    private static void WriteHead(IBufferWriter<byte> output, int length)
    {
        var head = output.GetSpan(MaxHead);
        Utf8Formatter.TryFormat(length, head, out var digits);
        head[digits] = (byte)'\n';
        output.Advance(digits + 1);
    }
}
