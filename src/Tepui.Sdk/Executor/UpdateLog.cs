using Google.Protobuf;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Executor;

namespace Tepui.Sdk.Executor;

/// <summary>Updates and tasks the agent has not acknowledged: what it must be told again when it comes back. May be used from any thread.</summary>
internal sealed class UpdateLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ByteString, LinkedListNode<Entry>> _byUuid = [];
    private readonly LinkedList<Entry> _updates = new();
    private readonly Dictionary<string, TaskInfo> _tasks = new(StringComparer.Ordinal);
    private Action<Call>? _send;
    private int _attempt;
    private TaskCompletionSource? _empty;

    /// <summary>Notes a task that was just given to us.</summary>
    public void Launched(TaskInfo task)
    {
        lock (_lock)
        {
            _tasks[task.TaskId.Value] = task;
        }
    }

    /// <summary>Notes an update, and sends it when there is an agent.</summary>
    public void Add(Call update)
    {
        lock (_lock)
        {
            var entry = new Entry(update) { SentIn = _send is null ? -1 : _attempt };
            _byUuid[update.Update.Status.Uuid] = _updates.AddLast(entry);
            _send?.Invoke(update);
        }
    }

    /// <summary>Forgets an update the agent has, or will never take.</summary>
    public void Remove(ByteString uuid)
    {
        lock (_lock)
        {
            if (_byUuid.Remove(uuid, out var node))
            {
                _updates.Remove(node);
                _tasks.Remove(node.Value.Call.Update.Status.TaskId.Value);
            }

            if (_updates.Count == 0)
            {
                _empty?.TrySetResult();
                _empty = null;
            }
        }
    }

    /// <summary>Ends once every update is acknowledged.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_lock)
        {
            return _updates.Count == 0 ? Task.CompletedTask : (_empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>What a new SUBSCRIBE carries.</summary>
    public Call.Types.Subscribe Offer()
    {
        lock (_lock)
        {
            _attempt++;
            var subscribe = new Call.Types.Subscribe();
            subscribe.UnacknowledgedTasks.AddRange(_tasks.Values);
            foreach (var entry in _updates)
            {
                entry.SentIn = _attempt;
                subscribe.UnacknowledgedUpdates.Add(entry.Call.Update);
            }

            return subscribe;
        }
    }

    /// <summary>The agent is there: sends what was noted since the SUBSCRIBE, and from now on all that is added.</summary>
    public void Open(Action<Call> send)
    {
        lock (_lock)
        {
            _send = send;
            foreach (var entry in _updates)
            {
                if (entry.SentIn != _attempt)
                {
                    entry.SentIn = _attempt;
                    send(entry.Call);
                }
            }
        }
    }

    /// <summary>The agent is away.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _send = null;
        }
    }

    private sealed class Entry(Call call)
    {
        public Call Call { get; } = call;

        public int SentIn { get; set; }
    }
}
