using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Testing.Agent;

/// <summary>What the world knows of one task, against which the agent's updates are held.</summary>
public sealed class WorldTask(string id)
{
    private readonly HashSet<ByteString> _seen = [];
    private int _rank;

    public string Id { get; } = id;

    /// <summary>The container that was asked for, if one was.</summary>
    public ContainerId? Container { get; set; }

    /// <summary>How its process ended, if it did so by itself.</summary>
    public int? NaturalEnd { get; set; }

    /// <summary>Somebody wanted it killed, or it can lose its group.</summary>
    public bool MayBeKilled { get; set; }

    /// <summary>The last state the framework was told.</summary>
    public TaskState? End { get; private set; }

    /// <summary>Takes an update as the framework sees it. Repeats are fine; new ones must come in order, and agree with what happened.</summary>
    public void Take(TaskStatus status, IReadOnlySet<ContainerId> started)
    {
        if (!_seen.Add(status.Uuid))
        {
            return;
        }

        var rank = Rank(status.State);
        Require(rank > _rank, $"task {Id} goes to {status.State} after {End?.ToString() ?? $"rank {_rank}"}");
        _rank = rank;
        if (rank < Rank(TaskState.TaskFinished))
        {
            return;
        }

        End = status.State;
        if (status.State == TaskState.TaskLost)
        {
            Require(Container is not { } container || !started.Contains(container), $"task {Id} started, and is called lost: {status.Message}");
        }

        Require(status.State != TaskState.TaskKilled || MayBeKilled, $"task {Id} is called killed though nobody killed it");
        if (NaturalEnd is { } wait && status is { Source: TaskStatus.Types.Source.Executor, State: not TaskState.TaskKilled })
        {
            Require(status.State == (wait == 0 ? TaskState.TaskFinished : TaskState.TaskFailed), $"task {Id} ended with {wait}, and is called {status.State}");
        }
    }

    private static int Rank(TaskState state) => state switch
    {
        TaskState.TaskStarting => 1,
        TaskState.TaskRunning => 2,
        TaskState.TaskKilling => 3,
        _ => 4,
    };

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Promise broken: {what}");
        }
    }
}
