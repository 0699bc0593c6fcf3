using System.Globalization;

namespace Tepui.Coordination.Local;

/// <summary>The file of a local store: opening, appending, replacing it by a compacted one. Used by one thread at a time.</summary>
internal sealed class StoreLog : IDisposable
{
    private const string Prefix = "log-";
    private const string Unfinished = ".tmp";
    private const int SnapshotPiece = 1024 * 1024;

    private readonly IStoreFiles _files;
    private readonly RecordWriter _writer = new();
    private IStoreFile _file;
    private ulong _generation;
    private ulong _sequence;
    private long _retryFrom;

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

    /// <summary>Whether to try a compaction: not again soon after one that failed for lack of room.</summary>
    public bool MayCompact => Length >= _retryFrom;

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

    /// <summary>Writes all entries into a new file and goes on with that. When there is no room for it the old file stays in use.</summary>
    public void Compact(Dictionary<string, byte[]> entries)
    {
        var name = Name(_generation + 1);
        IStoreFile? next = null;
        ulong sequence;
        try
        {
            next = _files.Create(name + Unfinished);
            sequence = WriteSnapshot(next, _generation + 1, Epoch, entries);
        }
        catch (IOException)
        {
            _retryFrom = Length * 2;
            next?.Dispose();
            TryDelete(name + Unfinished);
            return;
        }

        var length = next.Length;
        try
        {
            // From the rename on both files are complete; the newer one counts.
            _files.Rename(name + Unfinished, name);
            _files.SyncDirectory();
        }
        catch
        {
            next.Dispose();
            throw;
        }

        _file.Dispose();
        TryDelete(Name(_generation));
        _file = next;
        _generation++;
        _sequence = sequence;
        Length = length;
        _retryFrom = 0;
    }

    public void Dispose() => _file.Dispose();

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
            log._sequence = log.WriteSnapshot(file, 1, 0, entries);
            files.Rename(name + Unfinished, name);
            files.SyncDirectory();
            log.Length = file.Length;
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Fills a new file and makes it durable.</summary>
    /// <returns>The sequence number of its last record.</returns>
    private ulong WriteSnapshot(IStoreFile file, ulong generation, ulong epoch, Dictionary<string, byte[]> entries)
    {
        var sequence = 0UL;
        var offset = 0L;
        var piece = new List<StoreChange>();
        var pieceBytes = 0L;
        _writer.Clear();
        _writer.Header(generation);
        foreach (var (key, value) in entries)
        {
            piece.Add(new StoreChange(key, value));
            pieceBytes += RecordWriter.EntrySize(key, value.Length);
            if (pieceBytes >= SnapshotPiece)
            {
                _writer.Changes(LogFormat.Kind.Snapshot, ++sequence, piece);
                Flush();
                piece.Clear();
                pieceBytes = 0;
            }
        }

        if (piece.Count > 0)
        {
            _writer.Changes(LogFormat.Kind.Snapshot, ++sequence, piece);
        }

        _writer.SnapshotEnd(++sequence, epoch, (ulong)entries.Count);
        Flush();
        file.Sync();
        return sequence;

        void Flush()
        {
            file.Write(offset, _writer.Written);
            offset += _writer.Count;
            _writer.Clear();
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
