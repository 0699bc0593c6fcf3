using Google.Protobuf;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Registration;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Checkpoints;

namespace Tepui.Agent.Core.Recovery;

/// <summary>Brings an agent back from its checkpoints and from what the supervisor knows.</summary>
internal static class Restore
{
    public static void Run(Turn turn, IReadOnlyDictionary<string, IMessage> checkpoints, IReadOnlyList<SupervisedContainer> containers)
    {
        var hasRebooted = RestoreIdentity(turn, checkpoints);
        RestoreFrameworks(turn, checkpoints);
        var entries = new RestoredEntries(turn, checkpoints);
        entries.Load();
        var supervised = hasRebooted ? [] : containers;
        new RestoredContainers(turn, supervised).Match(entries.Executors);
        foreach (var framework in turn.State.Frameworks.InOrder())
        {
            FrameworkLife.CompleteIfIdle(turn, framework);
        }
    }

    /// <summary>Whether the machine was restarted since, so that nothing that ran runs still.</summary>
    private static bool RestoreIdentity(Turn turn, IReadOnlyDictionary<string, IMessage> checkpoints)
    {
        if (checkpoints.GetValueOrDefault(Keys.Epoch) is EpochEntry epoch)
        {
            turn.State.Master.Epoch = epoch.Epoch;
        }

        if (checkpoints.GetValueOrDefault(Keys.Agent) is not AgentEntry agent)
        {
            return false;
        }

        var info = turn.Options.Info.Clone();
        info.Id = agent.AgentInfo.Id;
        turn.State.Info = info;
        if (agent.BootId == turn.Options.BootId)
        {
            return false;
        }

        Identity.Persist(turn);
        return true;
    }

    private static void RestoreFrameworks(Turn turn, IReadOnlyDictionary<string, IMessage> checkpoints)
    {
        foreach (var (_, entry) in InOrder<FrameworkEntry>(checkpoints))
        {
            var framework = turn.State.Frameworks.GetOrAdd(turn.State, FrameworkId.From(entry.FrameworkInfo.Id));
            framework.Info = entry.FrameworkInfo;
            framework.HasEntry = true;
        }
    }

    /// <summary>All entries of a kind, by key.</summary>
    public static IEnumerable<(string Key, T Entry)> InOrder<T>(IReadOnlyDictionary<string, IMessage> checkpoints)
        where T : class, IMessage =>
        from pair in checkpoints
        let entry = pair.Value as T
        where entry is not null
        orderby pair.Key
        select (pair.Key, entry);
}
