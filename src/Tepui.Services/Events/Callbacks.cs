using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;
using Tepui.Services.Core.Events;

namespace Tepui.Services.Events;

/// <summary>The callback addresses in force. The loop changes them in the order in which changes became durable.</summary>
/// <param name="hub">Where events come from.</param>
/// <param name="waitingMax">Events that may wait for one address.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed class Callbacks(EventHub<ServiceEvent> hub, int waitingMax, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CallbackClient> _clients = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _ending = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) });

    /// <summary>Posts to an address from now on, or no more. Does not wait; saying so twice is the same as once.</summary>
    public void Set(string url, bool subscribed)
    {
        lock (_gate)
        {
            if (subscribed)
            {
                Begin(url);
            }
            else
            {
                End(url);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] ending;
        lock (_gate)
        {
            foreach (var url in _clients.Keys.ToList())
            {
                End(url);
            }

            ending = [.. _ending];
        }

        await Task.WhenAll(ending);
        _http.Dispose();
    }

    private void Begin(string url)
    {
        if (!_clients.ContainsKey(url))
        {
            var client = new CallbackClient(new Uri(url), _http, waitingMax, time, logger);
            _clients.Add(url, client);
            hub.Add(client);
        }
    }

    private void End(string url)
    {
        if (_clients.Remove(url, out var client))
        {
            hub.Remove(client);
            _ending.RemoveWhere(task => task.IsCompleted);
            _ending.Add(client.DisposeAsync().AsTask());
        }
    }
}
