using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Threading.Channels;
using Google.Protobuf;
using Tepui.Protocol.Link;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Link;

/// <summary>
/// Frames over a duplex stream: a four-byte big-endian length, then a message. Sending never waits; what gathers meanwhile goes out in
/// one write. A peer that does not read is cut off once too much waits for it.
/// </summary>
/// <typeparam name="TIn">Frames that come in.</typeparam>
/// <typeparam name="TOut">Frames that go out.</typeparam>
/// <param name="stream">The link; owned from here on.</param>
/// <param name="bufferBytes">Bytes that may wait for the peer until it is cut off; one frame alone may be larger.</param>
public sealed class FrameLink<TIn, TOut>(Stream stream, long bufferBytes = 64 * 1024 * 1024) : IAsyncDisposable
    where TIn : class, IMessage<TIn>, new()
    where TOut : class, IMessage<TOut>
{
    private const int FlushAt = 64 * 1024;
    private readonly Channel<TOut> _out = Channel.CreateUnbounded<TOut>(new UnboundedChannelOptions { SingleReader = true });
    private long _waiting;

    /// <summary>Queues a frame; callable from any thread.</summary>
    /// <returns><see langword="false"/> when the link has ended or is cut off now, because the peer reads too slowly.</returns>
    public bool TrySend(TOut frame)
    {
        var size = frame.CalculateSize() + 4;
        var before = Interlocked.Add(ref _waiting, size) - size;
        if (before > 0 && before + size > bufferBytes)
        {
            _out.Writer.TryComplete(new IOException($"The peer left {before} bytes unread."));
            ThreadPool.UnsafeQueueUserWorkItem(static s => s.Dispose(), stream, preferLocal: false);
            return false;
        }

        return _out.Writer.TryWrite(frame);
    }

    /// <summary>Ends the link after what was queued before.</summary>
    public void Complete() => _out.Writer.TryComplete();

    /// <summary>Runs both directions until the link ends: closed by either side, broken, cancelled, or garbage came in.</summary>
    /// <param name="receive">Takes each frame, in order; while it waits nothing more is read (back-pressure).</param>
    /// <param name="cancel">Ends the link now.</param>
    /// <returns>Why it ended, for the log; <see langword="null"/> when it was closed in order.</returns>
    public async Task<Exception?> RunAsync(Func<TIn, CancellationToken, ValueTask> receive, CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = ReadAllAsync(receive, ending.Token);
        var writing = WriteAllAsync(ending.Token);
        var first = await Task.WhenAny(reading, writing);
        await ending.CancelAsync();
        await stream.DisposeAsync();
        _out.Writer.TryComplete();
        await Task.WhenAll(reading, writing).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return first.Exception?.InnerException;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _out.Writer.TryComplete();
        return stream.DisposeAsync();
    }

    private async Task ReadAllAsync(Func<TIn, CancellationToken, ValueTask> receive, CancellationToken cancel)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        var reader = new FrameReader<TIn>(pipe);
        var frames = new List<TIn>();
        try
        {
            while (await reader.ReadAsync(frames, cancel))
            {
                await ReceiveAsync(frames, receive, cancel);
                frames.Clear();
            }
        }
        catch (FrameException)
        {
            // What came before the garbage was sent in good faith.
            await ReceiveAsync(frames, receive, cancel);
            throw;
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async ValueTask ReceiveAsync(List<TIn> frames, Func<TIn, CancellationToken, ValueTask> receive, CancellationToken cancel)
    {
        foreach (var frame in frames)
        {
            await receive(frame, cancel);
        }
    }

    private async Task WriteAllAsync(CancellationToken cancel)
    {
        while (await _out.Reader.WaitToReadAsync(cancel))
        {
            using var buffer = new PooledBuffer();
            while (buffer.WrittenCount < FlushAt && _out.Reader.TryRead(out var frame))
            {
                var size = frame.CalculateSize();
                BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), size);
                buffer.Advance(4);
                frame.WriteTo(buffer);
            }

            await stream.WriteAsync(buffer.Written, cancel);
            await stream.FlushAsync(cancel);
            Interlocked.Add(ref _waiting, -buffer.WrittenCount);
        }
    }
}
