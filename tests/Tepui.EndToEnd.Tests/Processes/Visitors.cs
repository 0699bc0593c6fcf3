using System.Collections.Concurrent;
using System.Text.Json;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>Clients of an app under constant load. They follow its running, healthy tasks as a load balancer does, and try once more elsewhere when a request fails.</summary>
internal sealed class Visitors : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentQueue<string> _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ServicesProcess _services;
    private readonly string _app;
    private readonly List<Task> _work = [];
    private volatile IReadOnlyList<Uri> _places = [];
    private long _served;
    private long _retried;

    public Visitors(ServicesProcess services, string app, int workers)
    {
        _services = services;
        _app = app;
        _work.Add(FollowAsync());
        _work.AddRange(Enumerable.Range(0, workers).Select(VisitAsync));
    }

    /// <summary>Requests that were answered.</summary>
    public long Served => Interlocked.Read(ref _served);

    /// <summary>Requests that were answered at the second try only.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Requests that failed twice, and how.</summary>
    public IReadOnlyList<string> Lost => [.. _lost];

    /// <summary>Waits for so many more answers: the app is seen under load for a while.</summary>
    public Task MoreAsync(int requests)
    {
        var goal = Served + requests;
        return Machine.UntilAsync(() => Task.FromResult(Served >= goal || !_lost.IsEmpty), $"{requests} more requests are answered");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_work);
        _http.Dispose();
        _stop.Dispose();
    }

    // The last places known are kept while the services scheduler is away, as a load balancer keeps them.
    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var tasks = await _services.TasksAsync(_app);
            if (tasks.Count > 0)
            {
                _places = [.. tasks.Where(Serves).Select(task => new Uri($"http://{task.GetProperty("host").GetString()}:{task.GetProperty("ports")[0].GetInt32()}/"))];
            }

            await WaitAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    private static bool Serves(JsonElement task) =>
        task.GetProperty("state").GetString() == "TASK_RUNNING"
        && task.TryGetProperty("healthCheckResults", out var results) && results.GetArrayLength() > 0 && results.EnumerateArray().All(result => result.GetProperty("alive").GetBoolean());

    private async Task VisitAsync(int worker)
    {
        for (var i = worker; !_stop.IsCancellationRequested; i++)
        {
            if (_places is not { Count: > 0 } places)
            {
                await WaitAsync(Pause);
                continue;
            }

            var first = await TryAsync(places[i % places.Count]);
            var second = first is null ? null : await TryAsync(places[(i + 1) % places.Count]);
            if (first is null || second is null)
            {
                Interlocked.Increment(ref _served);
                Interlocked.Add(ref _retried, first is null ? 0 : 1);
            }
            else if (!_stop.IsCancellationRequested)
            {
                _lost.Enqueue($"{places[i % places.Count]}: {first}; {places[(i + 1) % places.Count]}: {second}");
            }

            await WaitAsync(Pause);
        }
    }

    /// <summary>What went wrong, or <see langword="null"/>.</summary>
    private async Task<string?> TryAsync(Uri place)
    {
        try
        {
            using var response = await _http.GetAsync(place, _stop.Token);
            return response.IsSuccessStatusCode ? null : $"{(int)response.StatusCode}";
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return problem.Message;
        }
    }

    private async Task WaitAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
