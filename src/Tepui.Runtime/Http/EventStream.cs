using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Tepui.Runtime.Http;

/// <summary>
/// One SUBSCRIBE response: a stream of records, one per chunk. <see cref="TryEnqueue"/> never waits; the request's own task
/// serialises and writes. A peer that reads too slowly is cut off, so it costs at most its buffer.
/// </summary>
/// <example>
/// <code>
/// var stream = new EventStream(context, format, options);
/// post(new Subscribe(streamId, call));            // the loop calls stream.TryEnqueue(...) from here on
/// var end = await stream.RunAsync(stopping);      // returns when the stream ended
/// post(new StreamClosed(streamId));
/// </code>
/// </example>
public sealed class EventStream
{
    private readonly HttpContext _context;
    private readonly EventStreamOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<StreamRecord> _waiting = Channel.CreateUnbounded<StreamRecord>(new UnboundedChannelOptions { SingleReader = true });
    private long _waitingBytes;
    private int _holdsLarge;
    private volatile Action? _cancel;
    private volatile bool _tooSlow;

    /// <summary>Prepares the stream; nothing is sent before <see cref="RunAsync"/>.</summary>
    public EventStream(HttpContext context, WireFormat format, EventStreamOptions? options = null, TimeProvider? time = null)
    {
        _context = context;
        Format = format;
        _options = options ?? new EventStreamOptions();
        _time = time ?? TimeProvider.System;
    }

    /// <summary>How records are written.</summary>
    public WireFormat Format { get; }

    /// <summary>Bytes that wait to be written, as protobuf, without a record larger than the buffer.</summary>
    public long WaitingBytes => Interlocked.Read(ref _waitingBytes);

    /// <summary>Adds a record to what waits; callable from any thread, keeps the order of the calls of one thread.</summary>
    /// <returns><see langword="false"/> when the stream has ended or this record was one too many (it is cut off then).</returns>
    public bool TryEnqueue(StreamRecord record)
    {
        if (!Admit(record))
        {
            CutOff();
            return false;
        }

        return _waiting.Writer.TryWrite(record);
    }

    /// <summary>Ends the stream after what was enqueued before.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Sends the headers at once, then records until the stream ends. Call it once, from the request's handler.</summary>
    /// <param name="stopping">The host stops: the stream ends now.</param>
    public async Task<EventStreamEnd> RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _context.RequestAborted);
        _cancel = ending.Cancel;
        try
        {
            await OpenAsync(ending.Token);
            while (!_tooSlow && await _waiting.Reader.WaitToReadAsync(ending.Token))
            {
                await WriteWaitingAsync(ending.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or IOException || _context.RequestAborted.IsCancellationRequested)
        {
            return Broken();
        }
        finally
        {
            _cancel = null;
            Complete();
        }

        return _tooSlow ? Broken() : EventStreamEnd.Completed;
    }

    private Task OpenAsync(CancellationToken cancel)
    {
        var response = _context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = MediaTypes.Of(Format);
        foreach (var (name, value) in _options.Headers)
        {
            response.Headers[name] = value;
        }

        // Streams have their own notion of a slow reader.
        if (_context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        return response.Body.FlushAsync(cancel);
    }

    private async Task WriteWaitingAsync(CancellationToken cancel)
    {
        while (!_tooSlow && _waiting.Reader.TryRead(out var record))
        {
            var write = _context.Response.Body.WriteAsync(record.Framed(Format), cancel);
            if (!write.IsCompletedSuccessfully)
            {
                await WaitForReaderAsync(write.AsTask());
            }

            Release(record);
        }
    }

    // What follows a record larger than the whole buffer, as the snapshot a stream begins with, has the buffer for itself. A second large one must wait for the first.
    private bool Admit(StreamRecord record)
    {
        if (record.Size > _options.BufferBytes)
        {
            return Interlocked.Exchange(ref _holdsLarge, 1) == 0;
        }

        return Interlocked.Add(ref _waitingBytes, record.Size) <= _options.BufferBytes;
    }

    private void Release(StreamRecord record)
    {
        if (record.Size > _options.BufferBytes)
        {
            Volatile.Write(ref _holdsLarge, 0);
        }
        else
        {
            Interlocked.Add(ref _waitingBytes, -record.Size);
        }
    }

    private async Task WaitForReaderAsync(Task write)
    {
        try
        {
            await write.WaitAsync(_options.StallTimeout, _time);
        }
        catch (TimeoutException)
        {
            _tooSlow = true;
            throw;
        }
    }

    /// <summary>A half-written record cannot be taken back, so the connection goes with the stream.</summary>
    private EventStreamEnd Broken()
    {
        _context.Abort();
        return _tooSlow ? EventStreamEnd.TooSlow : EventStreamEnd.Disconnected;
    }

    private void CutOff()
    {
        _tooSlow = true;
        Complete();

        // Off the caller's thread: cancellation runs the stream's own code.
        ThreadPool.UnsafeQueueUserWorkItem(static stream => stream.Cancel(), this, preferLocal: false);
    }

    private void Cancel()
    {
        try
        {
            _cancel?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // The stream ended meanwhile.
        }
    }
}
