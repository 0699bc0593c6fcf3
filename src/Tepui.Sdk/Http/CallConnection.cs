using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Google.Protobuf;

namespace Tepui.Sdk.Http;

/// <summary>Sends calls to one API of one server over one connection: in order, many at once on the way (HTTP pipelining), so that a thousand small calls cost a few packets.</summary>
/// <remarks>The connection opens with the first call and again after it broke. A call on the way when it breaks is answered with status 0; it is never sent twice.</remarks>
internal sealed class CallConnection : IAsyncDisposable
{
    private const int BatchBytes = 64 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A server may close a connection that was silent; one that was silent for so long is not trusted with a call.</summary>
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(50);

    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _target;
    private readonly byte[] _head;
    private readonly TimeProvider _time;
    private readonly Task _work;

    /// <summary>Connects nothing yet.</summary>
    /// <param name="target">Where to post, as in <c>http://10.0.0.1:5050/api/v1/scheduler</c>.</param>
    /// <param name="headers">Headers of every request, besides those HTTP needs.</param>
    /// <param name="time">Clock.</param>
    public CallConnection(Uri target, IReadOnlyDictionary<string, string> headers, TimeProvider time)
    {
        _target = target;
        _time = time;
        var text = new StringBuilder($"POST {target.PathAndQuery} HTTP/1.1\r\nHost: {target.Authority}\r\n");
        text.Append("Content-Type: application/x-protobuf\r\nAccept: application/x-protobuf\r\n");
        foreach (var (name, value) in headers)
        {
            text.Append($"{name}: {value}\r\n");
        }

        _head = Encoding.ASCII.GetBytes(text.Append("Content-Length: ").ToString());
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Queues a call; <paramref name="done"/> hears of its answer, on a thread of this connection.</summary>
    /// <param name="call">Must not change any more.</param>
    /// <param name="done">Must be quick and must not throw.</param>
    public void Post(IMessage call, Action<IMessage, CallAnswer>? done)
    {
        if (!_queue.Writer.TryWrite(new(call, done)))
        {
            done?.Invoke(call, new(0, "The connection is closed"));
        }
    }

    /// <summary>Sends a call and waits for its answer.</summary>
    public async Task<CallAnswer> SendAsync(IMessage call, CancellationToken cancel)
    {
        var answered = new TaskCompletionSource<CallAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(call, (_, answer) => answered.TrySetResult(answer));
        return await answered.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Ends the connection; calls not yet answered are answered with status 0.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                await ServeOneConnectionAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }

        FailQueued("The connection is closed");
    }

    private async Task ServeOneConnectionAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            limit.CancelAfter(ConnectTimeout);
            await socket.ConnectAsync(_target.DnsSafeHost, _target.Port, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            FailQueued(e is SocketException ? $"{_target.Authority}: {e.Message}" : $"{_target.Authority} did not take the connection within {ConnectTimeout.TotalSeconds} s");
            return;
        }

        using var stream = new NetworkStream(socket, ownsSocket: false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var exchange = new Exchange();
        var reading = ReadAnswersAsync(stream, exchange, over);
        var writing = WriteCallsAsync(stream, exchange, over);
        var why = await reading.ConfigureAwait(false);
        await writing.ConfigureAwait(false);
        exchange.FailAll(why);
    }

    private async Task WriteCallsAsync(NetworkStream stream, Exchange exchange, CancellationTokenSource over)
    {
        var buffer = new ArrayBufferWriter<byte>(BatchBytes);
        try
        {
            while (await WaitForCallsAsync(over.Token).ConfigureAwait(false))
            {
                while (buffer.WrittenCount < BatchBytes && _queue.Reader.TryRead(out var pending))
                {
                    Append(buffer, pending.Call);
                    exchange.Sent(pending);
                }

                await stream.WriteAsync(buffer.WrittenMemory, over.Token).ConfigureAwait(false);
                buffer.ResetWrittenCount();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }

        await over.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for something to send; <see langword="false"/> when the connection was idle for too long.</summary>
    private async Task<bool> WaitForCallsAsync(CancellationToken over)
    {
        var ready = _queue.Reader.WaitToReadAsync(over);
        if (ready.IsCompleted)
        {
            return await ready.ConfigureAwait(false);
        }

        try
        {
            return await ready.AsTask().WaitAsync(IdleMax, _time, over).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Append(ArrayBufferWriter<byte> buffer, IMessage call)
    {
        var size = call.CalculateSize();
        buffer.Write(_head);
        var digits = buffer.GetSpan(16);
        size.TryFormat(digits, out var written);
        "\r\n\r\n"u8.CopyTo(digits[written..]);
        buffer.Advance(written + 4);
        call.WriteTo(buffer.GetSpan(Math.Max(size, 1))[..size]);
        buffer.Advance(size);
    }

    private static async Task<string> ReadAnswersAsync(NetworkStream stream, Exchange exchange, CancellationTokenSource over)
    {
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var reader = new HttpAnswerReader(input);
        string why;
        try
        {
            do
            {
                if (await reader.ReadAsync(over.Token).ConfigureAwait(false) is not { } answer)
                {
                    break;
                }

                exchange.Answered(answer);
            }
            while (!reader.Closes);

            why = "The server closed the connection";
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            why = e.Message;
        }
        catch (OperationCanceledException)
        {
            why = "The connection is closed";
        }

        await input.CompleteAsync().ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return why;
    }

    private void FailQueued(string why)
    {
        while (_queue.Reader.TryRead(out var pending))
        {
            pending.Done?.Invoke(pending.Call, new(0, why));
        }
    }

    private readonly record struct Pending(IMessage Call, Action<IMessage, CallAnswer>? Done);

    /// <summary>Calls that are on the way, in order.</summary>
    private sealed class Exchange
    {
        private readonly Queue<Pending> _sent = new();

        public void Sent(Pending pending)
        {
            lock (_sent)
            {
                _sent.Enqueue(pending);
            }
        }

        /// <summary>Takes the answer of the oldest call.</summary>
        /// <exception cref="IOException">None was sent.</exception>
        public void Answered(CallAnswer answer)
        {
            Pending pending;
            lock (_sent)
            {
                if (!_sent.TryDequeue(out pending))
                {
                    throw new IOException($"The server answered {answer.Status} without a call: {answer.Body}");
                }
            }

            pending.Done?.Invoke(pending.Call, answer);
        }

        public void FailAll(string why)
        {
            lock (_sent)
            {
                while (_sent.TryDequeue(out var pending))
                {
                    pending.Done?.Invoke(pending.Call, new(0, why));
                }
            }
        }
    }
}
