using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Tepui.Frameworks.Events;

/// <summary>One client of the event stream. It is cut off when more events wait for it than allowed.</summary>
/// <param name="types">Types it wants; empty: all.</param>
/// <param name="wantsExtras">Whether, when it wants all, extras are among them.</param>
/// <param name="waitingMax">Events that may wait.</param>
/// <param name="time">The clock.</param>
public sealed class EventStreamClient(IReadOnlySet<string> types, bool wantsExtras, int waitingMax, TimeProvider time) : IEventListener
{
    /// <summary>Time between signs of life on a silent stream; clients ignore them.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    // Bytes written before a flush: what a client that does not read can make the server hold, beside one event.
    private const int BatchMax = 256 * 1024;

    private static readonly byte[] HeartbeatText = "\r\n"u8.ToArray();

    private readonly Channel<EventText> _waiting = Channel.CreateBounded<EventText>(new BoundedChannelOptions(waitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private volatile bool _tooSlow;
    private volatile bool _isComplete;
    private volatile HttpContext? _context;

    private string TooSlow => $"more than {waitingMax} events waited for it";

    /// <summary>Bytes sent.</summary>
    public long Sent { get; private set; }

    /// <inheritdoc/>
    public void Hear(EventText text)
    {
        var isWanted = types.Count == 0 ? wantsExtras || !text.IsExtra : types.Contains(text.Type);
        if (isWanted && !_waiting.Writer.TryWrite(text))
        {
            // A full queue: the client reads too slowly, or not at all and a write to it never ends.
            _tooSlow = !_isComplete;
            _waiting.Writer.TryComplete();
            if (_tooSlow)
            {
                _context?.Abort();
            }
        }
    }

    /// <summary>Ends the stream after what waits.</summary>
    public void Complete()
    {
        _isComplete = true;
        _waiting.Writer.TryComplete();
    }

    /// <summary>Sends events until the client leaves, is too slow, or <paramref name="stopping"/>; gives the reason.</summary>
    public async Task<string> RunAsync(HttpContext context, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        _context = context;
        try
        {
            await OpenAsync(context, ending.Token);
            await SendAsync(context.Response.BodyWriter, ending.Token);
            return _tooSlow ? TooSlow : "closed";
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return _tooSlow ? TooSlow : stopping.IsCancellationRequested ? "the scheduler stops" : "the client left";
        }
        finally
        {
            _context = null;
        }
    }

    private static async Task OpenAsync(HttpContext context, CancellationToken cancel)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "text/event-stream;charset=utf-8";
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        await context.Response.Body.FlushAsync(cancel);
    }

    // One wait for events and one for the next sign of life are pending at any time, however many there are.
    private async Task SendAsync(PipeWriter body, CancellationToken cancel)
    {
        using var beats = new PeriodicTimer(Heartbeat, time);
        var wait = _waiting.Reader.WaitToReadAsync(cancel).AsTask();
        var beat = beats.WaitForNextTickAsync(cancel).AsTask();
        while (true)
        {
            await Task.WhenAny(wait, beat);
            if (!wait.IsCompleted)
            {
                await beat;
                Write(body, HeartbeatText);
                beat = beats.WaitForNextTickAsync(cancel).AsTask();
            }
            else if (await wait && !_tooSlow)
            {
                WriteWaiting(body);
                wait = _waiting.Reader.WaitToReadAsync(cancel).AsTask();
            }
            else
            {
                return;
            }

            await body.FlushAsync(cancel);
        }
    }

    // Flushed together: a burst costs a quick reader one flush, not one for each event.
    private void WriteWaiting(PipeWriter body)
    {
        for (var bytes = 0; bytes < BatchMax && _waiting.Reader.TryRead(out var text); bytes += text.Frame.Length)
        {
            Write(body, text.Frame);
        }
    }

    private void Write(PipeWriter body, byte[] bytes)
    {
        body.Write(bytes);
        Sent += bytes.Length;
    }
}
