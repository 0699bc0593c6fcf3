using Google.Protobuf;
using Tepui.Agent.Core.Checks;
using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.GarbageCollection;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Registration;
using Tepui.Agent.Core.Views;
using Tepui.Model.Identifiers;

namespace Tepui.Agent.Core;

/// <summary>What the supervisor knows of a container when the agent comes back.</summary>
/// <param name="Container">Which.</param>
/// <param name="Pid">Its first process.</param>
/// <param name="Running">Whether it runs still.</param>
/// <param name="WaitStatus">Raw wait status of one that ended, if known.</param>
public sealed record SupervisedContainer(ContainerId Container, int Pid, bool Running, int? WaitStatus)
{
    /// <summary>When it ended, if the supervisor saw it.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>The tasks, executors and status updates of one machine: single-threaded, deterministic, without I/O.</summary>
public sealed class AgentCore
{
    private readonly AgentState _state;
    private readonly Turn _turn;

    /// <summary>Starts from what was checkpointed and what the supervisor knows; effects of the recovery itself go to <paramref name="effects"/>.</summary>
    /// <param name="options">Fixed for the life of the core.</param>
    /// <param name="checkpoints">Entries by key, as <see cref="AgentEffect.Persist"/> put them.</param>
    /// <param name="containers">What the supervisor holds.</param>
    /// <param name="now">The time of the start.</param>
    /// <param name="effects">What to do at once.</param>
    public AgentCore(
        AgentOptions options,
        IReadOnlyDictionary<string, IMessage> checkpoints,
        IReadOnlyList<SupervisedContainer> containers,
        DateTimeOffset now,
        List<AgentEffect> effects)
    {
        _state = new AgentState(options);
        _turn = new Turn(_state) { Now = now, Effects = effects };
        Restore.Run(_turn, checkpoints, containers);
    }

    /// <summary>When the next <see cref="AgentInput.Tick"/> is due, if any.</summary>
    public DateTimeOffset? NextDeadline => _state.Deadlines.Next;

    /// <summary>Why an executor's SUBSCRIBE must be refused now (status and body), or <see langword="null"/> when it may be posted.</summary>
    public (int Status, string Body)? MaySubscribe(Protocol.V1.Executor.Call call) => ExecutorSubscribe.Refusal(_state, call);

    /// <summary>Applies one input. Same state, same input, same <paramref name="now"/>: same effects, same order.</summary>
    public void Step(AgentInput input, DateTimeOffset now, List<AgentEffect> effects)
    {
        _turn.Now = now;
        _turn.Effects = effects;
        _state.Version++;
        switch (input)
        {
            case AgentInput.LinkOpened opened: Admission.LinkOpened(_turn, opened.Link); break;
            case AgentInput.LinkClosed closed: Admission.LinkClosed(_turn, closed.Link); break;
            case AgentInput.FromMaster received: MasterFrames.Handle(_turn, received.Link, received.Frame); break;
            case AgentInput.ContainerStarted started: ContainerLife.Started(_turn, started); break;
            case AgentInput.ContainerStartFailed failed: ContainerLife.StartFailed(_turn, failed); break;
            case AgentInput.ContainerExited exited: ContainerLife.Exited(_turn, exited); break;
            case AgentInput.ExecutorSubscribe subscribe: ExecutorSubscribe.Handle(_turn, subscribe.Stream, subscribe.Call); break;
            case AgentInput.ExecutorCall call: ExecutorCalls.Handle(_turn, call.Request, call.Call); break;
            case AgentInput.StreamClosed closed: ExecutorStream.Closed(_turn, closed.Stream); break;
            case AgentInput.Probed probed: TaskChecks.Probed(_turn, probed); break;
            case AgentInput.UsageSampled sampled: _state.Master.Usage = sampled.Usage; break;
            case AgentInput.DiskMeasured measured: Sandboxes.Measured(_turn, measured.UsedShare); break;
            case AgentInput.Leave: Leave.ByOperator(_turn); break;
            case AgentInput.Drain: Drain.Begin(_turn); break;
            case AgentInput.Tick: break;
            default: throw new System.Diagnostics.UnreachableException($"No feature handles {input.GetType().Name}.");
        }

        // What comes due by an alarm of this turn is carried out in it, too.
        while (_state.Deadlines.RingDue(_turn, now))
        {
        }
    }

    /// <summary>What readers see. Costs a copy of references; entities that did not change are the same objects as before.</summary>
    public AgentView View(DateTimeOffset now) => Readers.View(_state, now);
}
