using Tepui.Model.Identifiers;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Connection;

/// <summary>How far a container has come, seen from the agent.</summary>
internal enum TrackedStage
{
    /// <summary>Sandbox and URIs.</summary>
    Preparing,

    /// <summary>The supervisor was asked to start it.</summary>
    Asked,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended, and the agent was told.</summary>
    Ended,
}

/// <summary>One container as the agent's side knows it. Guarded by the containerizer's lock.</summary>
internal sealed class TrackedContainer(ContainerId id, string directory)
{
    /// <summary>Its id.</summary>
    public ContainerId Id { get; } = id;

    /// <summary>Its sandbox.</summary>
    public string Directory { get; } = directory;

    /// <summary>How far it has come.</summary>
    public TrackedStage Stage { get; set; }

    /// <summary>First process, once it runs.</summary>
    public int Pid { get; set; }

    /// <summary>What the supervisor was asked; kept until it answers, to ask the next supervisor.</summary>
    public SupervisorRequest.Types.Launch? Request { get; set; }

    /// <summary>A second supervisor was asked already; a third is not.</summary>
    public bool WasAskedAgain { get; set; }

    /// <summary>Ends the preparation.</summary>
    public CancellationTokenSource Cancel { get; } = new();

    /// <summary>When its grace is over; unset while nobody wants it ended.</summary>
    public DateTimeOffset? KillAt { get; set; }

    /// <summary>Set for a check: gets the raw wait status.</summary>
    public TaskCompletionSource<int?>? Check { get; init; }

    /// <summary>A check, or what is left of one that an agent process before us ran.</summary>
    public bool IsCheck { get; init; }
}
