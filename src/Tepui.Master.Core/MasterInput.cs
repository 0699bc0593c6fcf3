using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Scheduler = Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core;

/// <summary>Names one HTTP request that waits for an answer; chosen by the shell.</summary>
public readonly record struct RequestId(long Value);

/// <summary>Names one open link to an agent; chosen by the shell, never used twice.</summary>
public readonly record struct LinkId(long Value);

/// <summary>Names one open event stream to a framework (header <c>Mesos-Stream-Id</c>); a random UUID chosen by the shell.</summary>
public readonly record struct StreamId(string Value);

/// <summary>Everything that can happen to a master. Cases are nested, so the list below is the whole list.</summary>
public abstract record MasterInput
{
    private MasterInput()
    {
    }

    /// <summary>A framework's SUBSCRIBE, already answered 200 by the shell with an open <paramref name="Stream"/>: all that follows are events on it. Shape is checked (section 1.4 of the HTTP facts); meaning is not.</summary>
    public sealed record Subscribe(StreamId Stream, Scheduler.Call Call, string? Principal) : MasterInput;

    /// <summary>Any other call of a scheduler; answered by exactly one <see cref="MasterEffect.Reply"/>.</summary>
    /// <param name="Request">Who waits.</param>
    /// <param name="Call">Parsed, <c>type</c> and its member present.</param>
    /// <param name="Stream">The header <c>Mesos-Stream-Id</c>, or <see langword="null"/> when absent.</param>
    /// <param name="Principal">Who the caller proved to be, if authenticated.</param>
    public sealed record SchedulerCall(RequestId Request, Scheduler.Call Call, string? Stream, string? Principal) : MasterInput;

    /// <summary>A framework's event stream ended (closed by the peer, broken, or too slow a reader).</summary>
    public sealed record StreamClosed(StreamId Stream) : MasterInput;

    /// <summary>A frame came in from an agent.</summary>
    public sealed record FromAgent(LinkId Link, AgentFrame Frame) : MasterInput;

    /// <summary>A link to an agent ended.</summary>
    public sealed record LinkClosed(LinkId Link) : MasterInput;

    /// <summary>An operator tears a framework down; answered by one <see cref="MasterEffect.Reply"/>.</summary>
    public sealed record Teardown(RequestId Request, FrameworkId Framework) : MasterInput;

    /// <summary>An operator ends one task, by its kill policy, as if its framework had sent KILL; answered by one <see cref="MasterEffect.Reply"/>.</summary>
    public sealed record KillTask(RequestId Request, FrameworkId Framework, TaskId Task) : MasterInput;

    /// <summary>An operator declares an agent gone for good; answered by one <see cref="MasterEffect.Reply"/>.</summary>
    public sealed record MarkAgentGone(RequestId Request, AgentId Agent) : MasterInput;

    /// <summary>An operator sets weights of roles (all or none); answered by one <see cref="MasterEffect.Reply"/>.</summary>
    public sealed record UpdateWeights(RequestId Request, IReadOnlyList<WeightInfo> Weights) : MasterInput;

    /// <summary>Time passed: due deadlines are handled.</summary>
    public sealed record Tick : MasterInput;
}
