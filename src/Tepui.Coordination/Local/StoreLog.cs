using System.Globalization;

namespace Tepui.Coordination.Local;

/// <summary>The file of a local store: opening, appending, replacing it by a compacted one. Used by one thread at a time.</summary>
internal sealed class StoreLog : IDisposable
{
    private const string Prefix = "log-";
    private const string Unfinished = ".tmp";

    private readonly IStoreFiles _files;
    private readonly RecordWriter _writer = new();
    private IStoreFile _file;
    private ulong _generation;
    private ulong _sequence;
    private long _retryFrom;
    private Compaction? _compaction;

    private StoreLog(IStoreFiles files, IStoreFile file, ulong generation)
    {
        _files = files;
        _file = file;
        _generation = generation;
    }

    public ulong Epoch { get; private set; }

    public long Length { get; private set; }

    public long TornBytes { get; private set; }

    public string Path => PathOf(_files, Name(_generation));

    /// <summary>Whether a compacted file is in the making.</summary>
    public bool Compacting => _compaction is not null;

    /// <summary>Whether to begin a compaction: not again soon after one that failed for lack of room.</summary>
    public bool MayCompact => _compaction is null && Length >= _retryFrom;

    /// <summary>Compactions that were carried through.</summary>
    public long Compactions { get; private set; }

    public static StoreLog Open(IStoreFiles files, bool durable, out Dictionary<string, byte[]> entries)
    {
        var generations = files.List().Select(GenerationOf).OfType<ulong>().Order().ToList();
        var log = generations.Count > 0
            ? OpenLatest(files, generations[^1], out entries)
            : MakeEmpty(files, out entries);
        try
        {
            log.RaiseEpoch();
            log.RemoveOthers();
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    public void Append(IReadOnlyList<IReadOnlyList<StoreChange>> batches, bool sync)
    {
        _writer.Clear();
        var sequence = _sequence;
        foreach (var batch in batches)
        {
            if (batch.Count > 0)
            {
                _writer.Changes(LogFormat.Kind.Batch, ++sequence, batch);
            }
        }

        if (_writer.Count > 0)
        {
            Append(sync);
            _sequence = sequence;
        }
    }

    /// <summary>Begins a compacted file; <see cref="Compact"/> fills it.</summary>
    /// <param name="entries">All entries.</param>
    public void StartCompaction(Dictionary<string, byte[]> entries)
    {
        try
        {
            _compaction = new Compaction(_files.Create(Name(_generation + 1) + Unfinished), _generation + 1, Epoch, [.. entries.Keys], Length);
        }
        catch (IOException)
        {
            Abandon();
        }
    }

    /// <summary>
    /// Writes a piece of the compacted file, and goes on with that file once it holds all that this one does. When there is no room for it the old file stays in use.
    /// </summary>
    /// <param name="entries">All entries, with what was appended last.</param>
    /// <param name="bytes">How much to write, more or less.</param>
    public void Compact(Dictionary<string, byte[]> entries, long bytes)
    {
        if (_compaction is not { } compaction)
        {
            return;
        }

        try
        {
            if (!compaction.Advance(entries, _file, Length, bytes))
            {
                return;
            }
        }
        catch (IOException)
        {
            Abandon();
            return;
        }

        Switch(compaction);
    }

    public void Dispose()
    {
        DropCompaction();
        _file.Dispose();
    }

    private static StoreLog OpenLatest(IStoreFiles files, ulong generation, out Dictionary<string, byte[]> entries)
    {
        var file = files.Open(Name(generation));
        try
        {
            var path = PathOf(files, Name(generation));
            var reader = new RecordReader(file, path);
            reader.ReadAll();
            if (reader.Generation != generation)
            {
                throw new StoreCorruptException(path, 12, $"it says it is generation {reader.Generation}; was it renamed?");
            }

            entries = reader.Entries;
            var log = new StoreLog(files, file, generation) { Epoch = reader.Epoch, Length = reader.End, TornBytes = reader.Torn, _sequence = reader.Sequence };
            if (log.TornBytes > 0)
            {
                file.SetLength(log.Length);
                file.Sync();
            }

            return log;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static StoreLog MakeEmpty(IStoreFiles files, out Dictionary<string, byte[]> entries)
    {
        entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var name = Name(1);
        var file = files.Create(name + Unfinished);
        var log = new StoreLog(files, file, 1);
        try
        {
            var empty = new Compaction(file, generation: 1, epoch: 0, keys: [], tail: 0);
            empty.Advance(entries, file, end: 0, bytes: LogFormat.SectorSize);
            files.Rename(name + Unfinished, name);
            files.SyncDirectory();
            (log.Length, log._sequence) = (empty.Length, empty.Sequence);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    private void Switch(Compaction compaction)
    {
        // From the rename on both files are complete; the newer one counts.
        var name = Name(_generation + 1);
        _files.Rename(name + Unfinished, name);
        _files.SyncDirectory();

        _file.Dispose();
        TryDelete(Name(_generation));
        _file = compaction.Take();
        _generation++;
        _sequence = compaction.Sequence;
        Length = compaction.Length;
        _compaction = null;
        _retryFrom = 0;
        Compactions++;
    }

    private void Abandon()
    {
        _retryFrom = Length * 2;
        DropCompaction();
    }

    private void DropCompaction()
    {
        if (_compaction is { } compaction)
        {
            _compaction = null;
            compaction.Dispose();
            TryDelete(Name(_generation + 1) + Unfinished);
        }
    }

    private void RaiseEpoch()
    {
        _writer.Clear();
        _writer.Epoch(_sequence + 1, Epoch + 1);

        // Always synced: an epoch used twice would let two owners pass for one.
        Append(sync: true);
        _sequence++;
        Epoch++;
    }

    private void Append(bool sync)
    {
        _file.Write(Length, _writer.Written);
        if (sync)
        {
            _file.Sync();
        }

        Length += _writer.Count;
    }

    private void RemoveOthers()
    {
        foreach (var name in _files.List())
        {
            if (name.EndsWith(Unfinished, StringComparison.Ordinal) || GenerationOf(name) < _generation)
            {
                TryDelete(name);
            }
        }
    }

    /// <summary>What stays is deleted at the next opening.</summary>
    private void TryDelete(string name)
    {
        try
        {
            _files.Delete(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It costs room, nothing else.
        }
    }

    private static string Name(ulong generation) => Prefix + generation.ToString("D12", CultureInfo.InvariantCulture);

    private static ulong? GenerationOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && ulong.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : null;

    private static string PathOf(IStoreFiles files, string name) => System.IO.Path.Combine(files.Directory, name);
}
