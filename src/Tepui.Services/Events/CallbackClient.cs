using System.Net.Http.Headers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;

namespace Tepui.Services.Events;

/// <summary>Posts events to one callback address, in order. One that fails is left alone for a while; what waits too long is dropped, the oldest first.</summary>
internal sealed class CallbackClient : IEventListener, IAsyncDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestMax = TimeSpan.FromSeconds(30);

    private readonly Uri _url;
    private readonly HttpClient _http;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Channel<EventText> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _dropped;

    /// <summary>Begins to post what it hears.</summary>
    public CallbackClient(Uri url, HttpClient http, int waitingMax, TimeProvider time, ILogger logger)
    {
        _url = url;
        _http = http;
        _time = time;
        _logger = logger;
        _waiting = Channel.CreateBounded<EventText>(
            new BoundedChannelOptions(waitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Hear(EventText text)
    {
        if (!text.IsExtra)
        {
            _waiting.Writer.TryWrite(text);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var rest = TimeSpan.FromSeconds(1);
        try
        {
            await foreach (var text in _waiting.Reader.ReadAllAsync(stop))
            {
                if (await PostAsync(text, stop) is not { } problem)
                {
                    rest = TimeSpan.FromSeconds(1);
                    continue;
                }

                _logger.CallbackMissed(_url.ToString(), 1 + Interlocked.Exchange(ref _dropped, 0), problem);
                await Task.Delay(rest, _time, stop);
                rest = rest * 2 < RestMax ? rest * 2 : RestMax;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody wants its events any more.
        }
    }

    private async Task<string?> PostAsync(EventText text, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(AnswerMax);
        try
        {
            using var content = new ByteArrayContent(text.Json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await _http.PostAsync(_url, content, limit.Token);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"no answer within {AnswerMax.TotalSeconds} s";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }
}
