using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace Tepui.Web.Feeds;

/// <summary>
/// Keeps a snapshot of what a REST API tells up to date while someone watches, and a little longer: events say what changed,
/// which is then read again, at most ten times a second and never more than half of the time.
/// </summary>
/// <typeparam name="TSnapshot">What is known. Never changes; a later one takes its place.</typeparam>
public abstract class RestFeed<TSnapshot> : BackgroundService
    where TSnapshot : class
{
    /// <summary>Shortest time between two snapshots.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    // Some things pass without an event, such as the time left of a delay. Where reading takes long it is done less often.
    private const int ReadAnywayFactor = 20;
    private static readonly TimeSpan ReadAnyway = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan DetailAge = TimeSpan.FromSeconds(1);

    // Most changes are of other things than a document tells.
    private static readonly TimeSpan DetailRest = TimeSpan.FromMilliseconds(200);

    private readonly Watchers _watchers;
    private readonly SemaphoreSlim _reading = new(1);
    private readonly ConcurrentDictionary<string, Detail> _details = new(StringComparer.Ordinal);
    private volatile TSnapshot _current;
    private volatile TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _fresh;
    private long _version;

    /// <summary>A feed that reads nothing until someone watches.</summary>
    private protected RestFeed(TSnapshot empty, TimeProvider time)
    {
        _current = empty;
        Time = time;
        _watchers = new Watchers(time, Linger);
    }

    /// <summary>What was told last.</summary>
    public TSnapshot Current => _current;

    /// <summary>Counts the snapshots.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Why nothing can be read now; null when it can, or when there is nothing to read from.</summary>
    public string? Problem { get; private set; }

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Whether there is an API to read.</summary>
    protected abstract bool IsConfigured { get; }

    /// <summary>With more changed names than this, all is read at once.</summary>
    protected abstract int NamesMax { get; }

    /// <summary>Changes as events tell them, until the stream ends.</summary>
    protected abstract IAsyncEnumerable<Change> ChangesAsync(CancellationToken cancel);

    /// <summary>Reads what is due into a new snapshot.</summary>
    protected abstract Task<TSnapshot> ReadAsync(TSnapshot known, Due due, CancellationToken cancel);

    /// <summary>Reads one document; null when there is none at that path.</summary>
    protected abstract Task<JsonElement?> FetchAsync(string path, CancellationToken cancel);

    /// <summary>What to keep of a snapshot when the connection is made anew: another program may answer at the address.</summary>
    protected abstract TSnapshot Reconnected(TSnapshot known);

    /// <summary>Says in the log that nothing can be read.</summary>
    protected abstract void LogUnread(string problem);

    /// <summary>Says that someone watches, until the result is disposed. Returns once there is a snapshot, or the time is up.</summary>
    public async Task<IDisposable> WatchAsync(TimeSpan patience, CancellationToken cancel)
    {
        var watch = _watchers.Enter();
        try
        {
            if (IsConfigured && !_fresh)
            {
                await _ready.Task.WaitAsync(patience, Time, cancel);
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
    public Task RefreshAsync(CancellationToken cancel) => RefreshAsync(Due.All, cancel);

    /// <summary>Reads what is due again now, and documents when they are asked for.</summary>
    public Task RefreshAsync(Due due, CancellationToken cancel)
    {
        _details.Clear();
        return ReadDueAsync(due, cancel);
    }

    /// <summary>A document that only some pages need. Asked for again when something changed, and after a second; large ones less often.</summary>
    /// <returns>The document, or null when there is none.</returns>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancel)
    {
        var version = Version;
        if (_details.TryGetValue(path, out var known) && Time.GetElapsedTime(known.At) < (known.Version == version ? DetailAge : DetailRest + (known.Took * 4)))
        {
            return known.Document;
        }

        var at = Time.GetTimestamp();
        var document = await FetchAsync(path, cancel);
        Forget();
        _details[path] = new Detail(version, Time.GetTimestamp(), Time.GetElapsedTime(at), document);
        return document;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!_watchers.Any || !IsConfigured)
            {
                await QuietAsync(() => _watchers.WaitAsync(stoppingToken));
                continue;
            }

            await TryFollowAsync(stoppingToken);
            Tell();
            await QuietAsync(() => Task.Delay(Retry, Time, stoppingToken));
        }
    }

    private async Task TryFollowAsync(CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _current = Reconnected(_current);
        using var dirty = new Dirty(() => NamesMax);
        dirty.Note(Change.All);
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
            // Whatever the other side answers, the host of this page must go on.
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
            await foreach (var change in ChangesAsync(end.Token))
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
        var anyway = ReadAnyway;
        while (_watchers.Any)
        {
            var due = await dirty.TakeAsync(anyway, cancel);
            var began = Time.GetTimestamp();
            await ReadDueAsync(due, cancel);
            Problem = null;
            _fresh = true;
            Tell();
            var took = Time.GetElapsedTime(began);
            anyway = due.Everything && took * ReadAnywayFactor > ReadAnyway ? took * ReadAnywayFactor : anyway;
            await Task.Delay(took > Beat ? took : Beat, Time, cancel);
        }
    }

    private async Task ReadDueAsync(Due due, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            _current = await ReadAsync(_current, due, cancel);
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
            if (Time.GetElapsedTime(detail.At) > DetailAge + (detail.Took * 4))
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
            LogUnread(problem);
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

    private sealed record Detail(long Version, long At, TimeSpan Took, JsonElement? Document);
}
