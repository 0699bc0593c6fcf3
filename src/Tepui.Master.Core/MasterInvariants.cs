using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Model;
using Tepui.Model.Resources;

namespace Tepui.Master.Core;

/// <summary>What must hold of the books between any two steps.</summary>
internal static class MasterInvariants
{
    /// <summary>Checks all of it.</summary>
    public static void Check(MasterState state)
    {
        foreach (var agent in state.Agents.Registered)
        {
            Check(state, agent);
        }

        foreach (var framework in state.Frameworks.Live)
        {
            Check(state, framework);
        }

        foreach (var offer in state.Offers)
        {
            Invariant.Holds(state.Frameworks.Find(offer.Framework)?.Offers[offer.Id] == offer);
            Invariant.Holds(state.Agents.Find(offer.Agent)?.Offers[offer.Id] == offer);
        }
    }

    private static void Check(MasterState state, Agent agent)
    {
        var offered = ResourceSet.Sum(agent.Offers.Select(static offer => offer.Resources));
        var taken = ResourceSet.Sum(agent.Tasks.Where(static task => task.HoldsResources).Select(static task => task.Resources)
            .Concat(agent.Executors.Select(static executor => executor.Resources)));
        Invariant.Holds(agent.Offered.Equals(offered), $"{agent.Id} offers {offered}, booked {agent.Offered}");
        Invariant.Holds(agent.Allocated.Equals(taken), $"{agent.Id} has {taken} in use, booked {agent.Allocated}");
        Invariant.Holds(agent.Connected || agent.Offers.Count == 0, "only connected agents are offered");

        // Every resource is in one place: free, offered or taken.
        var free = state.Allocator.Free(agent.Id);
        var sum = ResourceSet.Sum([free, offered.Unallocate(), taken.Unallocate()]);
        Invariant.Holds(sum.Equals(agent.Total.Filter(static item => item.Name != "ephemeral_ports")) || !agent.Total.Contains(taken.Unallocate()), $"{agent.Id} has {agent.Total}, but its parts are {sum}");
        foreach (var task in agent.Tasks)
        {
            Invariant.Holds(state.Frameworks.Find(task.Framework)?.Tasks[task.Id] == task, "a task is in its framework's table and its agent's");
        }
    }

    private static void Check(MasterState state, Framework framework)
    {
        Invariant.Holds(framework.Connected || framework.Offers.Count == 0, "only connected frameworks have offers");
        Invariant.Holds(!state.Frameworks.IsRemoved(framework.Id), "a removed framework lives no longer");
        foreach (var task in framework.Tasks)
        {
            var agent = state.Agents.Find(task.Agent);
            Invariant.Holds(agent is not null, "a task that is not set aside is on a registered agent");
            Invariant.Holds(agent.Tasks[(framework.Id, task.Id)] == task, "a task is in its framework's table and its agent's");
            Invariant.Holds(framework.Agents.Contains(task.Agent), "a framework knows the agents of its tasks");
        }

        foreach (var task in framework.UnreachableTasks)
        {
            Invariant.Holds(state.Agents.Find(task.Agent) is null, "a task set aside is on no registered agent");
            Invariant.Holds(!task.HoldsResources);
        }

        var used = framework.Tasks.Where(static task => task.HoldsResources).Select(static task => task.Resources)
            .Concat(framework.Executors.Select(static executor => executor.Resources));
        Invariant.Holds(Equal(framework.Allocated.Sum, ResourceSet.Sum(used)), "what a framework uses is what its tasks and executors use");
        Invariant.Holds(Equal(framework.Offered.Sum, ResourceSet.Sum(framework.Offers.Select(static offer => offer.Resources))), "what a framework is offered is what is in its offers");
    }

    private static bool Equal(ResourceSet left, ResourceSet right) => left.Equals(right);
}
