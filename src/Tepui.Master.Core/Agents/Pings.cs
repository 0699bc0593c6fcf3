using Tepui.Protocol.Link;

namespace Tepui.Master.Core.Agents;

/// <summary>Finds agents that are silent although their link is open.</summary>
internal static class Pings
{
    /// <summary>An agent that hears no ping for so long takes its link for dead, seconds.</summary>
    public static double TimeoutSeconds(MasterOptions options) => options.AgentPingTimeout.TotalSeconds * options.MaxAgentPingTimeouts;

    /// <summary>Begins to ping an agent whose link just opened.</summary>
    public static void Start(Turn turn, Agent agent)
    {
        agent.Unanswered = 0;
        Next(turn, agent);
    }

    /// <summary>Pings an agent no more.</summary>
    public static void Stop(Agent agent) => agent.Ping?.Cancel();

    /// <summary>An agent answered.</summary>
    public static void Answered(Turn turn, Agent agent, AgentFrame.Types.Pong pong)
    {
        agent.Unanswered = 0;
        if (pong.Usage is { } usage)
        {
            agent.Usage = usage;
            agent.Touch();
            turn.State.Changed();
        }
    }

    private static void Next(Turn turn, Agent agent)
    {
        agent.Ping?.Cancel();
        agent.Ping = turn.State.Deadlines.Set(WireTime.Later(turn.Now, turn.State.Options.AgentPingTimeout), later => Ping(later, agent));
    }

    private static void Ping(Turn turn, Agent agent)
    {
        if (agent.Unanswered >= turn.State.Options.MaxAgentPingTimeouts)
        {
            AgentRemoval.Unreachable(turn, agent);
            return;
        }

        agent.Unanswered++;
        turn.Tell(agent, new() { Ping = new() { Connected = true } });
        Next(turn, agent);
    }
}
