namespace Tepui.Coordination.Local;

/// <summary>
/// A compacted log in the making, a piece after each commit, so that no commit waits for all of it. First the entries by the keys there were
/// at the start, each as it is when its piece is written; then the records the old log got since the start, in their order. Whatever changed meanwhile is in
/// these records, so replaying them over the entries gives what the old log gives, however old or new an entry was when it was written.
/// </summary>
internal sealed class Compaction : IDisposable
{
    private const int WriteSize = 1024 * 1024;

    private readonly IStoreFile _file;
    private readonly ulong _epoch;
    private readonly string[] _keys;
    private readonly RecordWriter _writer = new();
    private readonly List<StoreChange> _entries = [];
    private int _nextKey;
    private ulong _written;
    private bool _snapshotEnded;
    private bool _kept;

    /// <summary>Prepares a compaction; nothing is written yet.</summary>
    /// <param name="file">The new, empty file; closed with the compaction unless taken.</param>
    /// <param name="generation">Its number.</param>
    /// <param name="epoch">The epoch in force.</param>
    /// <param name="keys">Keys of all entries.</param>
    /// <param name="tail">Where the old log ends now.</param>
    public Compaction(IStoreFile file, ulong generation, ulong epoch, string[] keys, long tail)
    {
        _file = file;
        _epoch = epoch;
        _keys = keys;
        Tail = tail;
        _writer.Header(generation);
    }

    /// <summary>Up to where the old log is not needed any more, once the entries are written.</summary>
    public long Tail { get; private set; }

    /// <summary>Length of the new file.</summary>
    public long Length { get; private set; }

    /// <summary>Sequence number of its last record.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>Writes and syncs some more.</summary>
    /// <param name="entries">All entries as they are now.</param>
    /// <param name="log">The old log.</param>
    /// <param name="end">Where it ends now.</param>
    /// <param name="bytes">How much to write, more or less.</param>
    /// <returns>Whether the new file now holds, durably, all that the old one does.</returns>
    /// <exception cref="IOException">A disk failed or is full, or the old log cannot be read.</exception>
    public bool Advance(Dictionary<string, byte[]> entries, IStoreFile log, long end, long bytes)
    {
        var until = Length + bytes;
        WriteEntries(entries, until);
        CopyTail(log, end, until);
        Flush();
        _file.Sync();
        return _snapshotEnded && Tail == end;
    }

    /// <summary>Hands the file over to the caller.</summary>
    public IStoreFile Take()
    {
        _kept = true;
        return _file;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_kept)
        {
            _file.Dispose();
        }
    }

    private void WriteEntries(Dictionary<string, byte[]> entries, long until)
    {
        while (!_snapshotEnded && Length + _writer.Count < until)
        {
            Gather(entries, until - Length - _writer.Count);
            if (_entries.Count > 0)
            {
                _writer.Changes(LogFormat.Kind.Snapshot, ++Sequence, _entries);
                _written += (ulong)_entries.Count;
                _entries.Clear();
            }

            if (_nextKey == _keys.Length)
            {
                _writer.SnapshotEnd(++Sequence, _epoch, _written);
                _snapshotEnded = true;
            }

            FlushIfLarge();
        }
    }

    /// <summary>Takes the next entries for one record. Those removed since the start are left out: the tail would remove them anyway.</summary>
    private void Gather(Dictionary<string, byte[]> entries, long most)
    {
        for (var size = 0L; _nextKey < _keys.Length && size < most; _nextKey++)
        {
            var key = _keys[_nextKey];
            if (!entries.TryGetValue(key, out var value))
            {
                continue;
            }

            size += RecordWriter.EntrySize(key, value.Length);
            if (_entries.Count > 0 && size > WriteSize)
            {
                return;
            }

            _entries.Add(new StoreChange(key, value));
        }
    }

    private void CopyTail(IStoreFile log, long end, long until)
    {
        while (_snapshotEnded && Tail < end && Length + _writer.Count < until)
        {
            Tail += _writer.Copy(log, Tail, ++Sequence);
            FlushIfLarge();
        }
    }

    private void FlushIfLarge()
    {
        if (_writer.Count >= WriteSize)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _file.Write(Length, _writer.Written);
        Length += _writer.Count;
        _writer.Clear();
    }
}
