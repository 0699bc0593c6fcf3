namespace Tepui.Agent.Core.Registration;

/// <summary>Whether this agent is on its way out.</summary>
internal sealed class LeaveState
{
    /// <summary>Everything is being ended; the agent has no id any more.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Everything is being ended; the agent keeps its id.</summary>
    public bool IsDraining { get; set; }

    /// <summary>The process was told to end.</summary>
    public bool HasStopped { get; set; }

    public int ExitCode { get; set; }

    public string Reason { get; set; } = "";
}
