using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace Tepui.Protocol.Link;

/// <summary>Writes frames: four bytes of length, big-endian, then the message. Write as many as there are, then flush once. Not for use by two threads at a time.</summary>
/// <param name="output">Where to.</param>
/// <param name="maxFrame">Largest frame, bytes.</param>
public sealed class FrameWriter<T>(PipeWriter output, int maxFrame = FrameLimits.MaxFrame)
    where T : class, IMessage<T>
{
    /// <summary>Adds one frame to what the next flush sends.</summary>
    /// <exception cref="FrameException">The message is larger than a frame may be; nothing is written.</exception>
    public void Write(T message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var size = message.CalculateSize();
        if (size > maxFrame)
        {
            throw new FrameException($"A {typeof(T).Name} of {size} bytes is larger than the limit of {maxFrame} bytes.");
        }

        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(FrameLimits.HeadSize), size);
        output.Advance(FrameLimits.HeadSize);
        message.WriteTo(output);
    }

    /// <summary>Sends what was written. Waits while the other side is slow.</summary>
    /// <returns>False when the other side reads no more.</returns>
    public async ValueTask<bool> FlushAsync(CancellationToken cancel)
    {
        var result = await output.FlushAsync(cancel);
        return !result.IsCompleted;
    }
}
