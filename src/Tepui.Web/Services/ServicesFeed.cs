using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tepui.Web.Services;

/// <summary>
/// Keeps a snapshot of the services up to date while someone watches, and a little longer: events say what changed, which is
/// then read again, at most ten times a second and never more than half of the time.
/// </summary>
public sealed class ServicesFeed : BackgroundService
{
    /// <summary>Shortest time between two snapshots.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    // Some things pass without an event, such as the time left of a delay.
    private static readonly TimeSpan ReadAnyway = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan DetailAge = TimeSpan.FromSeconds(1);

    private readonly ServicesClient _client;
    private readonly ServicesReader _reader;
    private readonly TimeProvider _time;
    private readonly ILogger<ServicesFeed> _logger;
    private readonly Watchers _watchers;
    private readonly SemaphoreSlim _reading = new(1);
    private readonly ConcurrentDictionary<string, Detail> _details = new(StringComparer.Ordinal);
    private volatile ServicesSnapshot _current = ServicesSnapshot.Empty;
    private volatile TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _fresh;
    private long _version;

    /// <summary>A feed that reads nothing until someone watches.</summary>
    public ServicesFeed(ServicesClient client, TimeProvider time, ILogger<ServicesFeed> logger)
    {
        _client = client;
        _reader = new ServicesReader(client);
        _time = time;
        _logger = logger;
        _watchers = new Watchers(time, Linger);
    }

    /// <summary>The services as last told.</summary>
    public ServicesSnapshot Current => _current;

    /// <summary>Counts the snapshots.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Why the services cannot be read now; null when they can, or when there are none.</summary>
    public string? Problem { get; private set; }

    /// <summary>Says that someone watches, until the result is disposed. Returns once there is a snapshot, or the time is up.</summary>
    public async Task<IDisposable> WatchAsync(TimeSpan patience, CancellationToken cancel)
    {
        var watch = _watchers.Enter();
        try
        {
            if (_client.IsConfigured && !_fresh)
            {
                await _ready.Task.WaitAsync(patience, _time, cancel);
            }
        }
        catch (TimeoutException)
        {
            // The page then says what is the matter.
        }
        catch
        {
            watch.Dispose();
            throw;
        }

        return watch;
    }

    /// <summary>Reads everything again now, so that whoever changed something sees it.</summary>
    /// <exception cref="ServicesUnavailableException">The services do not answer as they should.</exception>
    public Task RefreshAsync(CancellationToken cancel) => ReadAsync(new Dirty.Due(true, true, []), cancel);

    /// <summary>A document that only some pages need. Asked for again when something changed, and after a second; large ones less often.</summary>
    /// <returns>The document, or null when there is none.</returns>
    /// <exception cref="ServicesUnavailableException">The services do not answer as they should.</exception>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancel)
    {
        var version = Version;
        if (_details.TryGetValue(path, out var known) && _time.GetElapsedTime(known.At) < (known.Version == version ? DetailAge : known.Took * 4))
        {
            return known.Document;
        }

        var at = _time.GetTimestamp();
        var document = await _client.FindAsync(path, cancel);
        Forget();
        _details[path] = new Detail(version, _time.GetTimestamp(), _time.GetElapsedTime(at), document);
        return document;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!_watchers.Any || !_client.IsConfigured)
            {
                await QuietAsync(() => _watchers.WaitAsync(stoppingToken));
                continue;
            }

            await TryFollowAsync(stoppingToken);
            Tell();
            await QuietAsync(() => Task.Delay(Retry, _time, stoppingToken));
        }
    }

    private async Task TryFollowAsync(CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);

        // Other services may answer at the address than before.
        _current = _current with { FrameworkId = null };
        using var dirty = new Dirty();
        dirty.NoteAll();
        var events = ListenAsync(dirty, end);
        try
        {
            await KeepReadingAsync(dirty, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The stream of events ended, nobody watches any more, or the host stops.
        }
        catch (Exception e)
        {
            // Whatever the services answer, the host of this page must go on.
            Note(e.Message);
        }

        _fresh = false;
        await end.CancelAsync();
        await events;
    }

    private async Task ListenAsync(Dirty dirty, CancellationTokenSource end)
    {
        try
        {
            await foreach (var change in _client.SubscribeAsync(end.Token))
            {
                dirty.Note(change);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Told to end.
        }
        catch (Exception e)
        {
            Note(e.Message);
        }

        await end.CancelAsync();
    }

    private async Task KeepReadingAsync(Dirty dirty, CancellationToken cancel)
    {
        while (_watchers.Any)
        {
            var due = await dirty.TakeAsync(ReadAnyway, cancel);
            var began = _time.GetTimestamp();
            await ReadAsync(due, cancel);
            Problem = null;
            _fresh = true;
            Tell();
            var took = _time.GetElapsedTime(began);
            await Task.Delay(took > Beat ? took : Beat, _time, cancel);
        }
    }

    private async Task ReadAsync(Dirty.Due due, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            _current = await _reader.ReadAsync(_current, due, cancel);
            Interlocked.Increment(ref _version);
        }
        finally
        {
            _reading.Release();
        }
    }

    // Documents may be large, and nobody asks for most of them again.
    private void Forget()
    {
        foreach (var (path, detail) in _details)
        {
            if (_time.GetElapsedTime(detail.At) > DetailAge + (detail.Took * 4))
            {
                _details.TryRemove(path, out _);
            }
        }
    }

    // Whoever waits for a first answer has one now, if only that there is none.
    private void Tell()
    {
        var told = _ready;
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        told.TrySetResult();
    }

    private void Note(string problem)
    {
        if (Problem != problem)
        {
            _logger.ServicesUnread(problem);
        }

        Problem = problem;
        Interlocked.Increment(ref _version);
    }

    private static async Task QuietAsync(Func<Task> wait)
    {
        try
        {
            await wait();
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    private sealed record Detail(long Version, long At, TimeSpan Took, JsonElement? Document);
}
