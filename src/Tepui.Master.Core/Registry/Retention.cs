using Tepui.Master.Core.Tables;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Registry;

namespace Tepui.Master.Core.Registry;

/// <summary>Forgets agents that were unreachable or gone for long, so that the registry does not grow for ever.</summary>
internal static class Retention
{
    private const int Max = 102_400;
    private static readonly TimeSpan Age = TimeSpan.FromDays(14);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>Sees to it that the next round comes, as long as there is something to forget one day.</summary>
    public static void Limit(Turn turn)
    {
        var agents = turn.State.Agents;
        if (agents.Unreachable.Count + agents.Gone.Count > 0 && turn.State.Retention is not { IsSet: true })
        {
            turn.State.Retention = turn.State.Deadlines.Set(turn.Now + Interval, Round);
        }
    }

    private static void Round(Turn turn)
    {
        Forget(turn, turn.State.Agents.Unreachable);
        Forget(turn, turn.State.Agents.Gone);
        Limit(turn);
    }

    private static void Forget(Turn turn, OrderedTable<AgentId, AgentEntry> entries)
    {
        var oldest = WireTime.Nanoseconds(turn.Now - Age);
        while (entries.First() is { } entry && (entries.Count > Max || entry.SinceNanoseconds < oldest))
        {
            var id = AgentId.From(entry.AgentInfo.Id);
            entries.Remove(id);
            turn.Persist(RegistryKeys.Of(id), null);
            turn.State.Changed();
        }
    }
}
