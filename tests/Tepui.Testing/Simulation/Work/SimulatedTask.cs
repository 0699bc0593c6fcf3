using Google.Protobuf;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Testing.Simulation.Work;

/// <summary>One launch intent: what was asked for, what happened on the machine, and what the framework was told. Holds the one against the other.</summary>
internal sealed class SimulatedTask(string framework, string id, string agent, bool isPartitionAware)
{
    private readonly HashSet<ByteString> _uuids = [];
    private ByteString _newest = ByteString.Empty;
    private int _rank;
    private bool _hasEnded;

    public string Id { get; } = id;

    public string Framework { get; } = framework;

    /// <summary>Id of the agent it was launched on.</summary>
    public string Agent { get; } = agent;

    /// <summary>How long its process runs by itself; <see langword="null"/> until it is killed.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How its process ends by itself.</summary>
    public int WaitStatus { get; init; }

    /// <summary>Told when its process begins to run.</summary>
    public Action? Began { get; init; }

    /// <summary>Told when its process is gone.</summary>
    public Action? Ended { get; init; }

    /// <summary>Containers asked for, and started.</summary>
    public int Asked { get; set; }

    public int Started { get; set; }

    /// <summary>Its process ran and is gone.</summary>
    public bool HasEnded
    {
        get => _hasEnded;
        set
        {
            if (value && !_hasEnded)
            {
                _hasEnded = true;
                Ended?.Invoke();
            }
        }
    }

    /// <summary>The state its framework was told last.</summary>
    public TaskState State { get; private set; } = TaskState.TaskStaging;

    /// <summary>The framework takes it for over.</summary>
    public bool IsOver => IsTerminal(State);

    /// <summary>The framework was told the end of it, and nothing may undo that.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The framework hears of it.</summary>
    public void Take(TaskStatus status)
    {
        if (IsFinal)
        {
            TakeAfterEnd(status);
            return;
        }

        if (status.HasUuid && status.Uuid.Length > 0)
        {
            TakeFromAgent(status);
        }

        if (status.State == TaskState.TaskFinished && Started == 0)
        {
            World.Fail($"{Id} is called finished and never ran");
        }

        State = status.State;
        IsFinal = IsTerminal(State) && (State != TaskState.TaskLost || isPartitionAware || status is { HasUuid: true, Uuid.Length: > 0 });
    }

    public override string ToString() => $"{Id} on {Agent}, told {State}, started {Started}, ended {HasEnded}";

    private static bool IsTerminal(TaskState state) => state is TaskState.TaskFinished or TaskState.TaskFailed or TaskState.TaskKilled or TaskState.TaskError
        or TaskState.TaskLost or TaskState.TaskDropped or TaskState.TaskGone or TaskState.TaskGoneByOperator;

    private void TakeFromAgent(TaskStatus status)
    {
        if (!_uuids.Add(status.Uuid))
        {
            if (status.Uuid != _newest)
            {
                World.Fail($"{Id}: {status.State} comes again after a later update");
            }

            return;
        }

        _newest = status.Uuid;
        var rank = Rank(status.State);
        if (rank <= _rank)
        {
            World.Fail($"{Id} goes to {status.State} after rank {_rank}");
        }

        _rank = rank;
    }

    /// <summary>Answers to questions asked before may say that nothing is known of it; nothing may say that it lives, or ended otherwise.</summary>
    private void TakeAfterEnd(TaskStatus status)
    {
        var isAnswer = status is { HasReason: true, Reason: Reason.Reconciliation };
        var isAbsent = IsTerminal(status.State) || status.State is TaskState.TaskUnknown or TaskState.TaskUnreachable;
        if (status.State != State && !(isAnswer && isAbsent))
        {
            World.Fail($"{Id} was {State} for good, and is {status.State} now ({status.Source}, {status.Reason}, {status.Message})");
        }
    }

    private static int Rank(TaskState state) => state switch
    {
        TaskState.TaskStarting => 1,
        TaskState.TaskRunning => 2,
        TaskState.TaskKilling => 3,
        _ => 4,
    };
}
