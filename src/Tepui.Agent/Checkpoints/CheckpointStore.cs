using Google.Protobuf;
using Tepui.Agent.Core;
using Tepui.Coordination;
using Tepui.Coordination.Local;
using Tepui.Runtime.Hosting;

namespace Tepui.Agent.Checkpoints;

/// <summary>What the agent finds again after a restart: a local store in <c>meta</c> below the work directory. It survives the death of the process; it is not synced, since the tasks it is about do not survive the death of the machine.</summary>
internal sealed class CheckpointStore : IAsyncDisposable
{
    private readonly LocalStore _store;
    private readonly List<StoreChange> _batch = [];

    private CheckpointStore(LocalStore store) => _store = store;

    /// <summary>Opens the store, made if missing.</summary>
    /// <exception cref="StartupException">In use, damaged, or not permitted; the message says which and what to do.</exception>
    public static CheckpointStore Open(string workDirectory) => new(StoreOpening.Open("agent", workDirectory, Path.Combine(workDirectory, "meta"), durable: false));

    /// <summary>All entries by key.</summary>
    /// <exception cref="StartupException">One cannot be read.</exception>
    public IReadOnlyDictionary<string, IMessage> Load()
    {
        try
        {
            return _store.Load().ToDictionary(entry => entry.Key, entry => CheckpointKinds.Read(entry.Key, entry.Value.Span), StringComparer.Ordinal);
        }
        catch (InvalidDataException e)
        {
            throw new StartupException($"{e.Message}. Move the directory meta in the work directory away to start as a new agent.", ExitCode.Corrupt, e);
        }
    }

    /// <summary>Writes all <see cref="AgentEffect.Persist"/> of a batch, in one write.</summary>
    public ValueTask CommitAsync(List<AgentEffect> effects)
    {
        _batch.Clear();
        foreach (var effect in effects)
        {
            if (effect is AgentEffect.Persist persist)
            {
                _batch.Add(new(persist.Key, persist.Entry?.ToByteArray()));
            }
        }

        return _batch.Count == 0 ? default : _store.CommitAsync(_batch, CancellationToken.None);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
