using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Registry;
using Tepui.Master.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.Registry;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Agents;

/// <summary>Agents with an id come back, with what they know.</summary>
internal static class Reregistration
{
    /// <summary>Takes an agent back: one that is registered, one expected back after a failover, one given up as unreachable, or one nobody knows. One that is gone is told so.</summary>
    public static void Reregister(Turn turn, LinkId link, AgentFrame.Types.Reregister said)
    {
        turn.State.Counters.Add(CounterNames.MessagesReregisterAgent);
        var id = AgentId.From(said.AgentInfo?.Id);
        var agent = turn.State.Agents.Find(id);
        if (said.EpochSeen > turn.State.Options.Epoch)
        {
            // It obeys a newer master: this one leads no longer, and says nothing.
            turn.Close(link);
            return;
        }

        if (turn.State.Agents.Find(link) is { } other && other != agent)
        {
            turn.State.Counters.Add(CounterNames.DroppedMessages);
            return;
        }

        if (Problem(turn, agent, id, said) is { } problem)
        {
            Registration.Refuse(turn, link, problem);
            return;
        }

        if (agent is not null)
        {
            Return(turn, agent, link, said);
        }
        else
        {
            Join(turn, id, link, said);
        }

        History.Adopt(turn, id, said.CompletedFrameworks);
        History.Adopt(turn, id, Unheard(turn, said));
        turn.State.Counters.Add(CounterNames.AgentReregistrations);
    }

    // Ended, but no framework is left to acknowledge it: the agent was stopped before it heard that the framework is removed.
    private static IEnumerable<AgentFrame.Types.CompletedFramework> Unheard(Turn turn, AgentFrame.Types.Reregister said)
    {
        foreach (var info in said.Frameworks.Where(info => turn.State.Frameworks.IsRemoved(FrameworkId.From(info.Id))))
        {
            var framework = new AgentFrame.Types.CompletedFramework { FrameworkInfo = info };
            framework.Tasks.Add(said.Tasks.Where(task => task.FrameworkId.Equals(info.Id) && TaskStates.IsTerminal(task.State)));
            yield return framework;
        }
    }

    private static string? Problem(Turn turn, Agent? agent, AgentId id, AgentFrame.Types.Reregister said)
    {
        if (IdRule.Problem(id.Value) is { } wrong)
        {
            return $"The agent has no valid id: {wrong}";
        }

        if (turn.State.Agents.Gone.Contains(id))
        {
            return MarkGone.Message;
        }

        if (agent is not null && (agent.Ip != said.Ip || agent.Info.Hostname != said.AgentInfo.Hostname))
        {
            return $"Agent {id} is registered at {agent.Ip} ({agent.Info.Hostname}) and cannot be at {said.Ip} ({said.AgentInfo.Hostname}) as well";
        }

        return Registration.Problem(said.AgentInfo);
    }

    // It was away for a moment only, or opened a new link.
    private static void Return(Turn turn, Agent agent, LinkId link, AgentFrame.Types.Reregister said)
    {
        if (agent.Link is { } old && old != link)
        {
            turn.Close(old);
        }

        agent.Return?.Cancel();
        var (before, had) = (agent.Info, agent.Total);
        var known = RegistryKeys.Entry(agent, AgentEntry.Types.State.Admitted, agent.Registered);
        turn.State.Agents.Describe(agent, said);
        Registration.Write(turn, agent, known);
        if (!had.Equals(agent.Total))
        {
            foreach (var offer in agent.Offers.ToArray())
            {
                Withdrawal.Rescind(turn, offer);
            }
        }

        agent.Reregistered = turn.Now;
        turn.State.Agents.Connect(agent, link);
        Pool.Return(turn, agent, before, had);
        Pings.Start(turn, agent);
        agent.Touch();
        turn.State.Changed();

        var missing = Missing(agent, said);
        Answer(turn, agent, said, missing);
        Adoption.Adopt(turn, agent, said, tell: true);
        Adoption.DropExecutors(turn, agent, said);
        Settle(turn, agent, said);
        KillAgain(turn, agent);
    }

    // This master does not have it: after a failover, or once it was unreachable.
    private static void Join(Turn turn, AgentId id, LinkId link, AgentFrame.Types.Reregister said)
    {
        var agents = turn.State.Agents;
        var recovered = agents.Recovered[id];
        agents.Recovered.Remove(id);
        agents.Unreachable.Remove(id);
        var agent = new Agent(said.AgentInfo, said.Ip, said.Version, said.Capabilities, turn.Now) { Reregistered = turn.Now };
        Registration.Displace(turn, agent.Place);
        Registration.Admit(turn, agent, link, recovered);

        var missing = Adoption.BringBack(turn, agent, said);
        Answer(turn, agent, said, missing);
        Adoption.Adopt(turn, agent, said, tell: recovered is null);
        KillAgain(turn, agent);
    }

    // What ended before the agent forgot it is not told by the agent any more: the master tells it.
    private static void Settle(Turn turn, Agent agent, AgentFrame.Types.Reregister said)
    {
        var named = Named(said);
        foreach (var task in agent.Tasks.ToArray())
        {
            if (TaskStates.IsTerminal(task.State) && !named.Contains((task.Framework, task.Id)) && turn.State.Frameworks.Find(task.Framework) is { } framework)
            {
                var status = Statuses.Make(turn, task.Wire.TaskId, task.State, Reason.Reconciliation, "Reconciliation: the agent has forgotten the ended task", task.Wire.AgentId);
                turn.Send(framework, Statuses.Event(status));
                TaskBook.Complete(turn, framework, agent, task);
            }
        }
    }

    private static HashSet<(FrameworkId Framework, TaskId Task)> Named(AgentFrame.Types.Reregister said) =>
        said.Tasks.Select(static task => (FrameworkId.From(task.FrameworkId), TaskId.From(task.TaskId))).ToHashSet();

    private static List<LaunchedTask> Missing(Agent agent, AgentFrame.Types.Reregister said)
    {
        var named = Named(said);
        return [.. agent.Tasks.Where(task => !TaskStates.IsTerminal(task.State) && !named.Contains((task.Framework, task.Id)))];
    }

    private static void Answer(Turn turn, Agent agent, AgentFrame.Types.Reregister said, List<LaunchedTask> missing)
    {
        var answer = new MasterFrame.Types.Reregistered
        {
            AgentId = agent.Info.Id,
            MasterInfo = turn.State.Options.Info,
            PingTimeoutSeconds = Pings.TimeoutSeconds(turn.State.Options),
        };
        foreach (var task in missing)
        {
            answer.UnknownTasks.Add(new MasterFrame.Types.TaskKey
            {
                FrameworkId = task.Wire.FrameworkId,
                TaskId = task.Wire.TaskId,
                PartitionAware = turn.State.Frameworks.Find(task.Framework)?.Can.PartitionAware ?? false,
            });
        }

        turn.Tell(agent, new() { Reregistered = answer });
        foreach (var info in said.Frameworks)
        {
            var id = FrameworkId.From(info.Id);
            if (turn.State.Frameworks.IsRemoved(id))
            {
                turn.Tell(agent, new() { ShutdownFramework = new() { FrameworkId = info.Id } });
            }
            else if (turn.State.Frameworks.Find(id) is { Recovered: false } framework && !framework.Info.Equals(info))
            {
                turn.Tell(agent, new() { UpdateFramework = new() { Framework = framework.Info } });
            }
        }
    }

    private static void KillAgain(Turn turn, Agent agent)
    {
        foreach (var task in agent.Tasks)
        {
            if (task.Kill is not null && !TaskStates.IsTerminal(task.State))
            {
                turn.Tell(agent, Kills.Frame(task));
            }
        }
    }
}
