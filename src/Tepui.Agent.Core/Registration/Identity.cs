using Tepui.Agent.Core.Recovery;
using Tepui.Protocol.Checkpoints;

namespace Tepui.Agent.Core.Registration;

/// <summary>Who this agent is, kept across restarts.</summary>
internal static class Identity
{
    public static void Persist(Turn turn) =>
        turn.Persist(Keys.Agent, new AgentEntry { AgentInfo = turn.State.Info, BootId = turn.Options.BootId });

    /// <summary>The next registration is a first one.</summary>
    public static void Forget(Turn turn)
    {
        turn.State.Info = turn.Options.Info;
        turn.Forget(Keys.Agent);
    }
}
