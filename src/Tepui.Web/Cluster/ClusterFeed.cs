using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tepui.Protocol.V1.Master;
using Tepui.Web.Client;
using Tepui.Web.History;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Web.Cluster;

/// <summary>
/// Keeps the model and the history of figures up to date. Figures are sampled always, so that graphs have a past; the
/// stream of events, which costs the master work per task, is open only while someone watches and a little longer.
/// </summary>
public sealed class ClusterFeed(MasterClient master, TimeProvider time, ILogger<ClusterFeed> logger) : BackgroundService
{
    /// <summary>Time between two samples.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How far graphs reach back.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromHours(2);

    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);
    // The list of tasks is read again at most so often: it is the one answer that grows with the work done.
    private const int TasksReadPerSecond = 5_000;

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);

    private readonly SemaphoreSlim _wanted = new(0);
    private readonly Lock _gate = new();
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _watchers;
    private long _lastWatched;
    private long _lastTasks;

    /// <summary>The cluster as last told.</summary>
    public ClusterModel Model { get; } = new();

    /// <summary>The figures of the last hours.</summary>
    public SampleRing History { get; } = new((int)(Reach / Interval));

    /// <summary>Why the master cannot be read now; null when it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Says that someone watches, until the result is disposed. Returns once the model is filled, or the time is up.</summary>
    public async Task<IDisposable> WatchAsync(TimeSpan patience, CancellationToken cancel)
    {
        Task ready;
        lock (_gate)
        {
            _watchers++;
            if (_watchers == 1)
            {
                _wanted.Release();
            }

            ready = _ready.Task;
        }

        var watch = new Watch(this);
        try
        {
            await ready.WaitAsync(patience, time, cancel);
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

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(SampleAsync(stoppingToken), FollowAsync(stoppingToken));

    private bool IsWatched()
    {
        lock (_gate)
        {
            return _watchers > 0 || (_lastWatched != 0 && time.GetElapsedTime(_lastWatched) < Linger);
        }
    }

    private async Task SampleAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            // Soon again after a failure: the master may just be starting.
            var pause = await TryAsync(SampleOnceAsync, stopping) ? Interval : Retry;
            await QuietAsync(() => Task.Delay(pause, time, stopping));
        }
    }

    private async Task SampleOnceAsync(CancellationToken stopping)
    {
        History.Add(Sample.From(await master.MetricsAsync(stopping), time.GetUtcNow()));
        if (IsWatched())
        {
            Model.Replace(await master.UsageAsync(stopping));
            Model.Replace((await master.CallAsync(Call.Types.Type.GetAgents, stopping)).GetAgents ?? new());
            Model.Replace((await master.CallAsync(Call.Types.Type.GetFrameworks, stopping)).GetFrameworks ?? new());
            await CatchUpAsync(stopping);
        }
    }

    // The stream tells each state of a task once, when it is first known; the news that explains it may come later and untold.
    private async Task CatchUpAsync(CancellationToken stopping)
    {
        var pause = TimeSpan.FromSeconds((double)Model.Read(model => model.Tasks.Count) / TasksReadPerSecond);
        if (Model.IsBehind && (_lastTasks == 0 || time.GetElapsedTime(_lastTasks) >= pause))
        {
            Model.Replace((await master.CallAsync(Call.Types.Type.GetTasks, stopping)).GetTasks ?? new());
            _lastTasks = time.GetTimestamp();
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!IsWatched())
            {
                await QuietAsync(() => _wanted.WaitAsync(stopping));
                continue;
            }

            await TryAsync(FollowOnceAsync, stopping);
            lock (_gate)
            {
                // Whoever waits for a first answer has one now, if only that there is none.
                _ready.TrySetResult();
                _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (IsWatched())
            {
                await QuietAsync(() => Task.Delay(Retry, time, stopping));
            }
        }
    }

    private async Task FollowOnceAsync(CancellationToken stopping)
    {
        using var unwatched = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var check = time.CreateTimer(_ => Stop(unwatched), null, Interval, Interval);
        try
        {
            await foreach (var change in master.SubscribeAsync(unwatched.Token))
            {
                Model.Apply(change);
                if (change.Type == Event.Types.Type.Subscribed)
                {
                    Model.Replace(await master.UsageAsync(unwatched.Token));
                    lock (_gate)
                    {
                        _ready.TrySetResult();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
    }

    private void Stop(CancellationTokenSource follow)
    {
        if (!IsWatched())
        {
            try
            {
                follow.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The stream ended at the same moment.
            }
        }
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping);
            Problem = null;
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception e)
        {
            if (Problem != e.Message)
            {
                logger.MasterUnread(e.Message);
            }

            Problem = e.Message;
        }

        return false;
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

    private void Unwatch()
    {
        lock (_gate)
        {
            _watchers--;
            _lastWatched = time.GetTimestamp();
        }
    }

    private sealed class Watch(ClusterFeed feed) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                feed.Unwatch();
            }
        }
    }
}
