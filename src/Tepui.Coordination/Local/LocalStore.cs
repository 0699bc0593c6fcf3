namespace Tepui.Coordination.Local;

/// <summary>
/// A store in one append-only file: checksummed records, group commit, compaction into a new file, piece by piece, when much of the log is history.
/// It holds a copy of all entries in memory.
/// </summary>
public sealed class LocalStore : IStore
{
    // How much faster than the log a compaction grows. The records it has to copy are then at most half of the entries.
    private const int CompactAhead = 3;

    private readonly LocalStoreOptions _options;
    private readonly StoreLog _log;
    private readonly IDisposable _lock;
    private readonly Dictionary<string, byte[]> _entries;
    private readonly Lock _gate = new();
    private readonly CommitThread? _thread;
    private long _liveBytes;
    private StoreFailedException? _failure;
    private bool _disposed;

    private LocalStore(LocalStoreOptions options, StoreLog log, IDisposable held, Dictionary<string, byte[]> entries)
    {
        _options = options;
        _log = log;
        _lock = held;
        _entries = entries;
        _liveBytes = entries.Sum(e => RecordWriter.EntrySize(e.Key, e.Value.Length));
        _thread = options.Durable ? new CommitThread(Write) : null;
    }

    /// <inheritdoc/>
    public ulong Epoch => _log.Epoch;

    /// <summary>Bytes of an unfinished commit that a crash left and this opening cut off; they were never acknowledged. 0 after an orderly stop.</summary>
    public long TornBytes => _log.TornBytes;

    /// <summary>Length of the log file in bytes.</summary>
    public long LogBytes => _log.Length;

    /// <summary>What a snapshot of the entries would take, in bytes.</summary>
    public long LiveBytes => Interlocked.Read(ref _liveBytes);

    /// <summary>Compactions since the opening.</summary>
    public long Compactions => _log.Compactions;

    /// <summary>Opens the store in a directory of a disk.</summary>
    /// <inheritdoc cref="Open(IStoreFiles, LocalStoreOptions?)"/>
    public static LocalStore Open(string directory, LocalStoreOptions? options = null) => Open(new DiskStoreFiles(directory), options);

    /// <summary>Opens the store, or makes an empty one, and raises its epoch.</summary>
    /// <exception cref="StoreLockedException">Someone else has it open.</exception>
    /// <exception cref="StoreCorruptException">Its file is damaged.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or a file in it is not ours to use.</exception>
    public static LocalStore Open(IStoreFiles files, LocalStoreOptions? options = null)
    {
        options ??= new LocalStoreOptions();
        var held = files.Lock();
        try
        {
            var log = StoreLog.Open(files, options.Durable, out var entries);
            return new LocalStore(options, log, held, entries);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Load()
    {
        lock (_gate)
        {
            return _entries.ToDictionary(e => e.Key, e => (ReadOnlyMemory<byte>)e.Value, StringComparer.Ordinal);
        }
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(IReadOnlyList<StoreChange> batch, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        for (var i = 0; i < batch.Count; i++)
        {
            RecordWriter.KeySize(batch[i].Key);
        }

        if (_thread is not null)
        {
            return new ValueTask(_thread.Enqueue(batch));
        }

        Write([batch]);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // Commits that wait are finished first.
        _thread?.Dispose();
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _log.Dispose();
                _lock.Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Writes batches that gathered, each a record, with one write and one sync.</summary>
    private void Write(IReadOnlyList<IReadOnlyList<StoreChange>> batches)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_failure is { } failure)
            {
                throw new StoreFailedException(failure.Message, failure);
            }

            try
            {
                var before = _log.Length;
                _log.Append(batches, _options.Durable);
                Apply(batches);
                Compact(_log.Length - before);
            }
            catch (Exception e) when (e is not ArgumentException)
            {
                _failure = new StoreFailedException($"{_log.Path} could not be written ({e.Message}); the store takes no further commits. Make room or repair the disk, then start again.", e);
                throw _failure;
            }
        }
    }

    private void Apply(IReadOnlyList<IReadOnlyList<StoreChange>> batches)
    {
        foreach (var batch in batches)
        {
            foreach (var (key, value) in batch)
            {
                if (_entries.Remove(key, out var old))
                {
                    _liveBytes -= RecordWriter.EntrySize(key, old.Length);
                }

                if (value is not null)
                {
                    _entries.Add(key, value);
                    _liveBytes += RecordWriter.EntrySize(key, value.Length);
                }
            }
        }
    }

    /// <summary>Begins a compaction that is due, and writes a piece of one that is under way: more than was appended, so that it comes to its end.</summary>
    private void Compact(long appended)
    {
        if (_log.MayCompact && _log.Length > _options.CompactFrom && _log.Length > (_liveBytes + LogFormat.HeaderSize) * _options.CompactFactor)
        {
            _log.StartCompaction(_entries);
        }

        if (_log.Compacting)
        {
            _log.Compact(_entries, Math.Max(_options.CompactPiece, appended * CompactAhead));
        }
    }
}
