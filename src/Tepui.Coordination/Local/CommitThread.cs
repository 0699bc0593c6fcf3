namespace Tepui.Coordination.Local;

/// <summary>A thread that waits for the disk, so that no thread of the pool does. Batches that gather while it waits are written together.</summary>
internal sealed class CommitThread : IDisposable
{
    private readonly Action<IReadOnlyList<IReadOnlyList<StoreChange>>> _write;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _work = new();
    private List<Waiting> _queue = [];
    private List<Waiting> _taken = [];
    private bool _stopping;

    public CommitThread(Action<IReadOnlyList<IReadOnlyList<StoreChange>>> write)
    {
        _write = write;
        _thread = new Thread(Run) { IsBackground = true, Name = "store" };
        _thread.Start();
    }

    public Task Enqueue(IReadOnlyList<StoreChange> batch)
    {
        var waiting = new Waiting(batch);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(LocalStore));
            _queue.Add(waiting);
        }

        _work.Set();
        return waiting.Done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
        }

        _work.Set();
        _thread.Join();
    }

    private void Run()
    {
        while (Take())
        {
            if (_taken.Count > 0)
            {
                WriteTaken();
            }
        }

        _work.Dispose();
    }

    private bool Take()
    {
        _work.Wait();
        lock (_gate)
        {
            _taken.Clear();
            (_queue, _taken) = (_taken, _queue);
            if (_stopping)
            {
                return _taken.Count > 0;
            }

            _work.Reset();
            return true;
        }
    }

    private void WriteTaken()
    {
        try
        {
            _write([.. _taken.Select(w => w.Batch)]);
            foreach (var waiting in _taken)
            {
                waiting.Done.TrySetResult();
            }
        }
        catch (Exception e)
        {
            foreach (var waiting in _taken)
            {
                waiting.Done.TrySetException(e);
            }
        }
    }

    private sealed record Waiting(IReadOnlyList<StoreChange> Batch)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
