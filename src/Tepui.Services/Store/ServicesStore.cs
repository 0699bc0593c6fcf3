using Google.Protobuf;
using Tepui.Coordination;
using Tepui.Runtime.Metrics;
using Tepui.Services.Core;

namespace Tepui.Services.Store;

/// <summary>What must be found again after a crash: carries out the <see cref="ServicesEffect.Persist"/> effects of a batch in one write.</summary>
internal sealed class ServicesStore(IStore store, MetricRegistry metrics, TimeProvider time)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<StoreChange> _batch = [];
    private readonly DurationMetric _commit = metrics.Timer("store/commit", "Time of one write to the store.");
    private readonly Counter _entries = metrics.Counter("store/entries_written", "Entries written or removed.");

    /// <summary>Higher at every start.</summary>
    public ulong Epoch => store.Epoch;

    /// <summary>All entries, read.</summary>
    /// <exception cref="Runtime.Hosting.StartupException">An entry cannot be read.</exception>
    public IReadOnlyDictionary<string, IMessage> Load() => store.Load().ToDictionary(entry => entry.Key, entry => StoreEntries.Read(entry.Key, entry.Value), StringComparer.Ordinal);

    /// <summary>Makes the durable effects of a batch durable. Of several changes of an entry only the last is written.</summary>
    /// <exception cref="StoreFailedException">What is on disk is not known any more.</exception>
    public async ValueTask CommitAsync(IReadOnlyList<ServicesEffect> effects)
    {
        Collect(effects);
        if (_batch.Count == 0)
        {
            return;
        }

        var start = time.GetTimestamp();
        await store.CommitAsync(_batch);
        _commit.Record(time.GetElapsedTime(start));
        _entries.Add(_batch.Count);
    }

    private void Collect(IReadOnlyList<ServicesEffect> effects)
    {
        _batch.Clear();
        _places.Clear();
        for (var i = 0; i < effects.Count; i++)
        {
            if (effects[i] is ServicesEffect.Persist persist)
            {
                _places[persist.Key] = i;
            }
        }

        for (var i = 0; _places.Count > 0 && i < effects.Count; i++)
        {
            if (effects[i] is ServicesEffect.Persist persist && _places[persist.Key] == i)
            {
                _batch.Add(new(persist.Key, persist.Entry?.ToByteArray()));
            }
        }
    }
}
