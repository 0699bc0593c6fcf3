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
    public static CheckpointStore Open(string workDirectory)
    {
        var directory = Path.Combine(workDirectory, "meta");
        try
        {
            return new(LocalStore.Open(directory, new LocalStoreOptions { Durable = false }));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupException($"The work directory {workDirectory} cannot be used: permission denied. Choose another with --work_dir, or change its owner.", ExitCode.Storage, e);
        }
        catch (StoreLockedException e)
        {
            throw new StartupException(e.Message, ExitCode.InUse, e);
        }
        catch (StoreCorruptException e)
        {
            throw new StartupException(e.Message, ExitCode.Corrupt, e);
        }
        catch (IOException e)
        {
            throw new StartupException(e.Message, e switch { StoreLockedException => ExitCode.InUse, StoreCorruptException => ExitCode.Corrupt, _ => ExitCode.Storage }, e);
        }
    }

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
