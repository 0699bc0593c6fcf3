using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using ExecutorEvent = Tepui.Protocol.V1.Executor.Event;

namespace Tepui.Agent.Core;

/// <summary>What an agent wants done outside. The shell first writes every <see cref="Persist"/> of a batch, in one write, and only then carries out the rest, in order.</summary>
public abstract record AgentEffect
{
    private AgentEffect()
    {
    }

    /// <summary>Puts a checkpoint, or removes it when <paramref name="Entry"/> is <see langword="null"/>. Keys are listed in checkpoint.proto.</summary>
    public sealed record Persist(string Key, IMessage? Entry) : AgentEffect;

    /// <summary>Sends a frame to the master; a link that is gone is skipped.</summary>
    public sealed record ToMaster(LinkId Link, AgentFrame Frame) : AgentEffect;

    /// <summary>Ends the link; the shell opens another.</summary>
    public sealed record CloseLink(LinkId Link) : AgentEffect;

    /// <summary>Makes the sandbox, fetches the URIs, starts the process under the supervisor. Answered by <see cref="AgentInput.ContainerStarted"/> or <see cref="AgentInput.ContainerStartFailed"/>.</summary>
    public sealed record StartContainer(ContainerPlan Plan) : AgentEffect;

    /// <summary>Makes the sandbox of an executor that has no process of its own (a task group under the built-in executor), and the <c>latest</c> link beside it. Not answered.</summary>
    public sealed record MakeSandbox(string Directory, string? User) : AgentEffect;

    /// <summary>Ends a container: SIGTERM to its whole process group, SIGKILL after the grace. A second one with a shorter grace shortens the first. A start under way is cancelled. Answered by <see cref="AgentInput.ContainerExited"/> (or ContainerStartFailed).</summary>
    public sealed record KillContainer(ContainerId Container, TimeSpan Grace) : AgentEffect;

    /// <summary>The exit of a container is recorded here now: the supervisor may forget it.</summary>
    public sealed record ForgetContainer(ContainerId Container) : AgentEffect;

    /// <summary>Sends an event to an executor; a stream that is gone is skipped.</summary>
    public sealed record ToExecutor(StreamId Stream, ExecutorEvent Event) : AgentEffect;

    /// <summary>Ends an executor's stream after what was sent before.</summary>
    public sealed record CloseStream(StreamId Stream) : AgentEffect;

    /// <summary>Answers a request: status 202, 400, 403, 501 or 503, and the text of the body (empty on success).</summary>
    public sealed record Reply(RequestId Request, int Status, string Body) : AgentEffect;

    /// <summary>Runs one check once. Answered by <see cref="AgentInput.Probed"/> within the timeout.</summary>
    public sealed record RunProbe(ProbePlan Plan) : AgentEffect;

    /// <summary>Deletes a sandbox (and its parents that are empty then) below the work directory.</summary>
    public sealed record RemoveDirectory(string Directory) : AgentEffect;

    /// <summary>The process shall end with this exit code, after what was sent before.</summary>
    public sealed record Stop(int ExitCode, string Reason) : AgentEffect;
}

/// <summary>All that is needed to start one container.</summary>
public sealed record ContainerPlan
{
    /// <summary>Its id.</summary>
    public required ContainerId Id { get; init; }

    /// <summary>Owner.</summary>
    public required FrameworkId Framework { get; init; }

    /// <summary>Executor it belongs to; for a command task the task's id as an executor id.</summary>
    public required ExecutorId Executor { get; init; }

    /// <summary>What to run: shell or argv, uris, user (environment is merged below already).</summary>
    public required CommandInfo Command { get; init; }

    /// <summary>The whole environment, by name; the agent's own is not inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>User to run as, or <see langword="null"/> for the agent's own.</summary>
    public string? User { get; init; }

    /// <summary>Container settings (rlimits among them), if any.</summary>
    public ContainerInfo? Container { get; init; }

    /// <summary>Settings of the container around this one, if it has no process that would have obeyed them.</summary>
    public ContainerInfo? Around { get; init; }

    /// <summary>Sandbox below the work directory, as in <c>slaves/S/frameworks/F/executors/E/runs/C</c>; the working directory and the place of <c>stdout</c> and <c>stderr</c>.</summary>
    public required string Directory { get; init; }
}

/// <summary>One run of a check.</summary>
public sealed record ProbePlan
{
    /// <summary>Names this run.</summary>
    public required ProbeId Id { get; init; }

    /// <summary>Container the check is about; a COMMAND check runs in its sandbox, as its user.</summary>
    public required ContainerPlan Container { get; init; }

    /// <summary>COMMAND check: what to run (environment merged below the container's).</summary>
    public CommandInfo? Command { get; init; }

    /// <summary>HTTP check: where to look, as in <c>http://127.0.0.1:31000/health</c>.</summary>
    public Uri? Http { get; init; }

    /// <summary>TCP check: port on 127.0.0.1 to connect to.</summary>
    public int? TcpPort { get; init; }

    /// <summary>IPv6 loopback instead of IPv4.</summary>
    public bool Ipv6 { get; init; }

    /// <summary>Longest it may take; <see langword="null"/> for no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
