using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Tepui.Coordination;
using Tepui.Master.Core;
using Tepui.Protocol.Registry;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Metrics;

namespace Tepui.Master.Registry;

/// <summary>What outlives a master, in the store: one entry per agent, framework and weight, under the keys that registry.proto lists.</summary>
internal sealed class MasterRegistry(IStore store, MetricRegistry metrics, TimeProvider time, ILogger logger)
{
    private readonly DurationMetric _fetches = metrics.Timer("registrar/state_fetch", "How long reading the registry took.");
    private readonly DurationMetric _stores = metrics.Timer("registrar/state_store", "How long writes to the registry took.");
    private readonly List<StoreChange> _batch = [];

    /// <summary>The leader's epoch.</summary>
    public ulong Epoch => store.Epoch;

    /// <summary>Writes that were made.</summary>
    public long Commits { get; private set; }

    /// <summary>All entries by key.</summary>
    /// <exception cref="StartupException">An entry cannot be read.</exception>
    public Dictionary<string, IMessage> Load()
    {
        var began = time.GetTimestamp();
        var entries = store.Load().ToDictionary(entry => entry.Key, entry => Parse(entry.Key, entry.Value), StringComparer.Ordinal);
        _fetches.Record(time.GetElapsedTime(began));
        return entries;
    }

    /// <summary>Bytes of all entries.</summary>
    public long SizeBytes() => store.Load().Sum(entry => (long)entry.Value.Length);

    /// <summary>Makes every entry of a batch durable, in one write. Nothing else of the batch may leave before this returns.</summary>
    public async ValueTask CommitAsync(IReadOnlyList<MasterEffect> effects)
    {
        _batch.Clear();
        foreach (var effect in effects)
        {
            if (effect is MasterEffect.Persist persist)
            {
                _batch.Add(new StoreChange(persist.Key, persist.Entry?.ToByteArray()));
            }
        }

        if (_batch.Count == 0)
        {
            return;
        }

        var began = time.GetTimestamp();
        await store.CommitAsync(_batch);
        _stores.Record(time.GetElapsedTime(began));
        Commits++;
        foreach (var effect in effects)
        {
            if (effect is MasterEffect.Persist persist)
            {
                Report(persist);
            }
        }
    }

    private void Report(MasterEffect.Persist persist)
    {
        switch (persist.Entry)
        {
            case AgentEntry agent:
                logger.AgentPersisted(agent.AgentInfo.Id.Value, agent.State.ToString());
                break;
            case FrameworkEntry framework:
                logger.FrameworkPersisted(framework.FrameworkInfo.Id.Value, framework.Removed ? "Removed" : "Known");
                break;
        }
    }

    private static IMessage Parse(string key, ReadOnlyMemory<byte> value)
    {
        try
        {
            return key switch
            {
                _ when key.StartsWith("agents/", StringComparison.Ordinal) => AgentEntry.Parser.ParseFrom(value.Span),
                _ when key.StartsWith("frameworks/", StringComparison.Ordinal) => FrameworkEntry.Parser.ParseFrom(value.Span),
                _ when key.StartsWith("roles/", StringComparison.Ordinal) && key.EndsWith("/weight", StringComparison.Ordinal) => WeightEntry.Parser.ParseFrom(value.Span),
                _ => throw new StartupException(
                    $"The registry has an entry '{key}', which this version does not know; it was written by a newer one. Start that version, or move the directory away.",
                    ExitCode.Corrupt),
            };
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new StartupException($"The entry '{key}' of the registry cannot be read: {e.Message} Restore the directory from a backup, or move it away.", ExitCode.Corrupt, e);
        }
    }
}
