using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace Tepui.Protocol.Link;

/// <summary>Reads frames, however the bytes are split on their way. Does not complete the pipe.</summary>
/// <param name="input">Where from.</param>
/// <param name="maxFrame">Largest frame accepted, bytes.</param>
public sealed class FrameReader<T>(PipeReader input, int maxFrame = FrameLimits.MaxFrame)
    where T : class, IMessage<T>, new()
{
    /// <summary>Waits for at least one frame and adds it, and every other that has arrived whole, to <paramref name="frames"/>.</summary>
    /// <returns>False at the end of the stream; nothing is added then.</returns>
    /// <exception cref="FrameException">The stream is broken; frames before the bad one have been added.</exception>
    public async ValueTask<bool> ReadAsync(ICollection<T> frames, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(frames);
        while (true)
        {
            var result = await input.ReadAsync(cancel);
            var rest = result.Buffer;
            var any = false;
            try
            {
                while (TryTake(ref rest, out var frame))
                {
                    frames.Add(frame);
                    any = true;
                }
            }
            finally
            {
                input.AdvanceTo(rest.Start, rest.End);
            }

            if (any)
            {
                return true;
            }

            if (result.IsCanceled)
            {
                throw new OperationCanceledException("Reading of frames was cancelled.");
            }

            if (result.IsCompleted)
            {
                return rest.IsEmpty ? false : throw new FrameException($"The link ended within a frame, {rest.Length} bytes after its start.");
            }
        }
    }

    private bool TryTake(ref ReadOnlySequence<byte> rest, out T frame)
    {
        frame = null!;
        if (rest.Length < FrameLimits.HeadSize)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[FrameLimits.HeadSize];
        rest.Slice(0, FrameLimits.HeadSize).CopyTo(head);
        var size = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (size > maxFrame)
        {
            throw new FrameException($"A {typeof(T).Name} of {size} bytes is larger than the limit of {maxFrame} bytes.");
        }

        if (rest.Length < FrameLimits.HeadSize + size)
        {
            return false;
        }

        if (!ProtobufCodec.TryParse<T>(rest.Slice(FrameLimits.HeadSize, size), out var parsed, out var problem))
        {
            throw new FrameException($"A {typeof(T).Name} of {size} bytes is malformed: {problem}");
        }

        rest = rest.Slice(FrameLimits.HeadSize + size);
        frame = parsed;
        return true;
    }
}
