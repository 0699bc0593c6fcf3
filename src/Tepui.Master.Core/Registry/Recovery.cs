using Google.Protobuf;
using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Weighting;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Registry;
using State = Tepui.Protocol.Registry.AgentEntry.Types.State;

namespace Tepui.Master.Core.Registry;

/// <summary>Begins again from what the registry holds. Agents and frameworks are expected back; tasks and offers are not kept, agents bring the tasks.</summary>
internal static class Recovery
{
    /// <summary>Takes the entries in, in the order of their keys and times.</summary>
    public static void Recover(Turn turn, IReadOnlyDictionary<string, IMessage> registry)
    {
        var keys = registry.Keys.Order(StringComparer.Ordinal).ToArray();
        RecoverAgents(turn, [.. keys.Select(key => registry[key]).OfType<AgentEntry>()]);
        RecoverFrameworks(turn, [.. keys.Select(key => registry[key]).OfType<FrameworkEntry>()]);
        foreach (var key in keys)
        {
            if (RegistryKeys.RoleOf(key) is { } role && registry[key] is WeightEntry { Weight: > 0 } entry)
            {
                Weights.Set(turn, role, entry.Weight);
            }
        }
    }

    private static void RecoverAgents(Turn turn, IReadOnlyCollection<AgentEntry> entries)
    {
        var agents = turn.State.Agents;
        foreach (var entry in entries.OrderBy(static entry => entry.SinceNanoseconds))
        {
            var table = entry.State switch
            {
                State.Gone => agents.Gone,
                State.Unreachable => agents.Unreachable,
                _ => agents.Recovered,
            };
            table.Put(AgentId.From(entry.AgentInfo.Id), entry);
        }

        if (agents.Recovered.Count > 0)
        {
            turn.State.Deadlines.Set(WireTime.Later(turn.Now, turn.State.Options.AgentReregisterTimeout), GiveUp);
        }

        Retention.Limit(turn);
    }

    private static void RecoverFrameworks(Turn turn, IReadOnlyCollection<FrameworkEntry> entries)
    {
        foreach (var entry in entries.OrderBy(static entry => entry.Removed && entry.HasRemovedNanoseconds ? entry.RemovedNanoseconds : entry.RegisteredNanoseconds))
        {
            if (entry.Removed)
            {
                turn.State.Frameworks.Bar(FrameworkId.From(entry.FrameworkInfo.Id), Removal.BarredMax);
                History.Show(turn, entry);
            }
            else
            {
                Adoption.Recovered(turn, entry.FrameworkInfo, WireTime.FromNanoseconds(entry.RegisteredNanoseconds));
            }
        }
    }

    // Agents that did not come back since the failover are unreachable.
    private static void GiveUp(Turn turn)
    {
        foreach (var entry in turn.State.Agents.Recovered.ToArray())
        {
            var id = AgentId.From(entry.AgentInfo.Id);
            var unreachable = RegistryKeys.With(entry, State.Unreachable, turn.Now);
            turn.State.Agents.Recovered.Remove(id);
            turn.State.Agents.Unreachable.Put(id, unreachable);
            turn.Persist(RegistryKeys.Of(id), unreachable);
            turn.State.Counters.Add(CounterNames.RecoveryAgentRemovals);
            turn.State.Counters.Add(CounterNames.AgentUnreachableScheduled);
            turn.State.Counters.Add(CounterNames.AgentUnreachableCompleted);
            AgentRemoval.TellFailure(turn, entry.AgentInfo.Id);
        }

        turn.State.Changed();
        Retention.Limit(turn);
    }
}
