using Google.Protobuf;
using Tepui.Coordination;
using Tepui.Runtime.Metrics;

namespace Tepui.Frameworks.Store;

/// <summary>What a framework must find again after a crash: writes the changes of a batch of effects in one write.</summary>
/// <param name="store">Where entries lie.</param>
/// <param name="kinds">Kinds of entries.</param>
/// <param name="metrics">Takes durations and counts.</param>
/// <param name="time">The clock.</param>
public sealed class EntryStore(IStore store, EntryKinds kinds, MetricRegistry metrics, TimeProvider time)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<(string Key, IMessage? Entry)> _changes = [];
    private readonly List<StoreChange> _batch = [];
    private readonly DurationMetric _commit = metrics.Timer("store/commit", "Time of one write to the store.");
    private readonly Counter _entries = metrics.Counter("store/entries_written", "Entries written or removed.");

    /// <summary>Higher at every start.</summary>
    public ulong Epoch => store.Epoch;

    /// <summary>All entries, read.</summary>
    /// <exception cref="Runtime.Hosting.StartupException">An entry cannot be read.</exception>
    public IReadOnlyDictionary<string, IMessage> Load() => store.Load().ToDictionary(entry => entry.Key, entry => kinds.Read(entry.Key, entry.Value), StringComparer.Ordinal);

    /// <summary>Makes the changes of a batch durable; an entry of <see langword="null"/> is removed. Of several changes of an entry only the last is written. One call at a time.</summary>
    /// <exception cref="StoreFailedException">What is on disk is not known any more.</exception>
    public async ValueTask CommitAsync(IEnumerable<(string Key, IMessage? Entry)> changes)
    {
        Collect(changes);
        if (_batch.Count == 0)
        {
            return;
        }

        var start = time.GetTimestamp();
        await store.CommitAsync(_batch);
        _commit.Record(time.GetElapsedTime(start));
        _entries.Add(_batch.Count);
    }

    private void Collect(IEnumerable<(string Key, IMessage? Entry)> changes)
    {
        _batch.Clear();
        _places.Clear();
        _changes.Clear();
        foreach (var change in changes)
        {
            _places[change.Key] = _changes.Count;
            _changes.Add(change);
        }

        for (var i = 0; i < _changes.Count; i++)
        {
            var (key, entry) = _changes[i];
            if (_places[key] == i)
            {
                _batch.Add(new(key, entry?.ToByteArray()));
            }
        }
    }
}
