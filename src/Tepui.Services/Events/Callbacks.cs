using Microsoft.Extensions.Logging;

namespace Tepui.Services.Events;

/// <summary>The callback addresses in force.</summary>
/// <param name="hub">Where events come from.</param>
/// <param name="waitingMax">Events that may wait for one address.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed class Callbacks(EventHub hub, int waitingMax, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Dictionary<string, CallbackClient> _clients = new(StringComparer.Ordinal);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) });
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Posts to these addresses from now on, and to no others.</summary>
    public async Task SetAsync(IReadOnlyCollection<string> urls)
    {
        await _gate.WaitAsync();
        try
        {
            foreach (var gone in _clients.Keys.Except(urls, StringComparer.Ordinal).ToList())
            {
                _clients.Remove(gone, out var client);
                hub.Remove(client!);
                await client!.DisposeAsync();
            }

            foreach (var added in urls.Except(_clients.Keys, StringComparer.Ordinal).ToList())
            {
                var client = new CallbackClient(new Uri(added), _http, waitingMax, time, logger);
                _clients.Add(added, client);
                hub.Add(client);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await SetAsync([]);
        _http.Dispose();
        _gate.Dispose();
    }
}
