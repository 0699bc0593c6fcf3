using System.Net;

namespace Tepui.Local;

/// <summary>What <c>tepui local</c> was asked for.</summary>
internal sealed record LocalRequest
{
    /// <summary>Absolute path; the master's data and each agent's lie below it.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Address all parts listen on.</summary>
    public required IPAddress Ip { get; init; }

    /// <summary>Port of the master; 0 lets the system choose.</summary>
    public required int Port { get; init; }

    /// <summary>Port of the first agent, the others follow; 0 lets the system choose all.</summary>
    public required int AgentPort { get; init; }

    /// <summary>Port of the services scheduler; 0 lets the system choose, unset: there is none.</summary>
    public required int? ServicesPort { get; init; }

    /// <summary>Port of the jobs scheduler; 0 lets the system choose, unset: there is none.</summary>
    public required int? JobsPort { get; init; }

    /// <summary>How many agents.</summary>
    public required int Agents { get; init; }

    /// <summary>Resources of each agent as text, or empty for an equal share of the machine.</summary>
    public required string Resources { get; init; }

    /// <summary>Attributes of each agent as text.</summary>
    public required string Attributes { get; init; }

    /// <summary>Leave tasks running at the end, for the next start to find.</summary>
    public required bool KeepTasks { get; init; }
}
