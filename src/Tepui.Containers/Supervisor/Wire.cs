using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Tepui.Containers.Supervisor;

/// <summary>Frames of the supervisor's socket: a four-byte big-endian length, then that many bytes of a message.</summary>
internal static class Wire
{
    /// <summary>Longest frame accepted; a table of 100,000 containers is about a tenth of it.</summary>
    public const int FrameMax = 128 * 1024 * 1024;

    /// <summary>Appends a message.</summary>
    public static void Append(ArrayBufferWriter<byte> buffer, IMessage message)
    {
        var size = message.CalculateSize();
        var span = buffer.GetSpan(size + 4);
        BinaryPrimitives.WriteInt32BigEndian(span, size);
        message.WriteTo(span.Slice(4, size));
        buffer.Advance(size + 4);
    }
}
