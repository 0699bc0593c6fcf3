using System.Buffers.Binary;
using Google.Protobuf;

namespace Tepui.Containers.Supervisor;

/// <summary>Cuts a stream of bytes into frames.</summary>
internal sealed class FrameReader<T>(MessageParser<T> parser)
    where T : IMessage<T>
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Room for the next bytes; never empty.</summary>
    public Memory<byte> Free()
    {
        if (_end == _buffer.Length)
        {
            var held = _end - _start;
            var target = held * 2 > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
            Buffer.BlockCopy(_buffer, _start, target, 0, held);
            (_buffer, _start, _end) = (target, 0, held);
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Takes in bytes written to <see cref="Free"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>The next whole message, if there is one.</summary>
    /// <exception cref="InvalidDataException">The other side does not speak this protocol.</exception>
    public bool TryRead(out T message)
    {
        message = default!;
        var held = _buffer.AsSpan(_start, _end - _start);
        if (held.Length < 4)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(held);
        if (length is < 0 or > Wire.FrameMax)
        {
            throw new InvalidDataException($"A frame of {length} bytes was announced; up to {Wire.FrameMax} are allowed");
        }

        if (held.Length < 4 + length)
        {
            return false;
        }

        try
        {
            message = parser.ParseFrom(held.Slice(4, length));
        }
        catch (InvalidProtocolBufferException bad)
        {
            throw new InvalidDataException("A frame holds no message of the supervisor's protocol", bad);
        }

        _start += 4 + length;
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        return true;
    }
}
