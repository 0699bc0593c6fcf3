using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Executor = Tepui.Protocol.V1.Executor;

namespace Tepui.Agent.Core;

/// <summary>Names one HTTP request that waits for an answer; chosen by the shell.</summary>
public readonly record struct RequestId(long Value);

/// <summary>Names one open link to a master; chosen by the shell, never used twice.</summary>
public readonly record struct LinkId(long Value);

/// <summary>Names one open event stream to an executor; chosen by the shell, never used twice.</summary>
public readonly record struct StreamId(long Value);

/// <summary>Names one run of a check; chosen by the core, never used twice while the process lives.</summary>
public readonly record struct ProbeId(long Value);

/// <summary>Everything that can happen to an agent. Cases are nested, so the list below is the whole list.</summary>
public abstract record AgentInput
{
    private AgentInput()
    {
    }

    /// <summary>A link to the leading master is open; the core registers or reregisters over it.</summary>
    public sealed record LinkOpened(LinkId Link) : AgentInput;

    /// <summary>The link ended; the shell opens another, with back-off, by itself.</summary>
    public sealed record LinkClosed(LinkId Link) : AgentInput;

    /// <summary>A frame came in from the master.</summary>
    public sealed record FromMaster(LinkId Link, MasterFrame Frame) : AgentInput;

    /// <summary>A container's process runs: sandbox made, URIs fetched.</summary>
    public sealed record ContainerStarted(ContainerId Container, int Pid) : AgentInput
    {
        /// <summary>When its process was started, if the supervisor knows.</summary>
        public DateTimeOffset? StartedAt { get; init; }
    }

    /// <summary>A container could not be started; nothing of it runs.</summary>
    /// <param name="Container">Which.</param>
    /// <param name="Message">Why, naming the URI, path, user or limit at fault.</param>
    public sealed record ContainerStartFailed(ContainerId Container, string Message) : AgentInput;

    /// <summary>A container's process and all of its group are gone.</summary>
    /// <param name="Container">Which.</param>
    /// <param name="WaitStatus">Raw wait status; <see langword="null"/> when it cannot be known any more.</param>
    public sealed record ContainerExited(ContainerId Container, int? WaitStatus) : AgentInput
    {
        /// <summary>When its first process ended, if the supervisor saw it.</summary>
        public DateTimeOffset? EndedAt { get; init; }
    }

    /// <summary>An executor's SUBSCRIBE, already answered 200 by the shell with an open <paramref name="Stream"/>. Sent only while <see cref="AgentCore.MaySubscribe"/> says yes.</summary>
    public sealed record ExecutorSubscribe(StreamId Stream, Executor.Call Call) : AgentInput;

    /// <summary>Any other call of an executor; answered by exactly one <see cref="AgentEffect.Reply"/>.</summary>
    public sealed record ExecutorCall(RequestId Request, Executor.Call Call) : AgentInput;

    /// <summary>An executor's event stream ended.</summary>
    public sealed record StreamClosed(StreamId Stream) : AgentInput;

    /// <summary>A check was run.</summary>
    /// <param name="Probe">Which.</param>
    /// <param name="Result">Exit code, HTTP status or TCP outcome; unset members when the check itself could not be run or ran out of time.</param>
    /// <param name="Failure">Why it could not be run to the end, or <see langword="null"/>.</param>
    public sealed record Probed(ProbeId Probe, CheckStatusInfo Result, string? Failure) : AgentInput;

    /// <summary>The machine's usage was sampled; it goes out with the next pong.</summary>
    public sealed record UsageSampled(AgentFrame.Types.Usage Usage) : AgentInput;

    /// <summary>Disk use was measured: share of the work directory's filesystem that is full, 0 to 1. Steers garbage collection.</summary>
    public sealed record DiskMeasured(double UsedShare) : AgentInput;

    /// <summary>The operator wants the agent to leave for good: tasks are killed, the master is told, then <see cref="AgentEffect.Stop"/>.</summary>
    public sealed record Leave : AgentInput;

    /// <summary>The process shall end with its tasks: they are killed by their kill policies, none is taken, then <see cref="AgentEffect.Stop"/>. The agent keeps its id.</summary>
    public sealed record Drain : AgentInput;

    /// <summary>Time passed: due deadlines are handled.</summary>
    public sealed record Tick : AgentInput;
}
