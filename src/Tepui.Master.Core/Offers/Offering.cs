using Tepui.Master.Core.Accounts;
using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Offers;

/// <summary>What the allocator decided goes out: one offer for each agent and role, all offers for one framework in one event.</summary>
internal static class Offering
{
    /// <summary>Makes and sends the offers of one allocation.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="allocations">Who gets what; resources carry the allocation role.</param>
    public static void Send(Turn turn, IReadOnlyList<(Framework Framework, Agent Agent, string Role, ResourceSet Resources)> allocations)
    {
        var events = new Dictionary<FrameworkId, Event>();
        var order = new List<Framework>();
        foreach (var (framework, agent, role, resources) in allocations)
        {
            var offer = Make(turn, framework, agent, role, resources);
            Ledger.Offer(turn, framework, agent, offer);
            framework.Metrics.OffersSent++;
            if (!events.TryGetValue(framework.Id, out var sent))
            {
                events.Add(framework.Id, sent = new Event { Type = Event.Types.Type.Offers, Offers = new() });
                order.Add(framework);
            }

            sent.Offers.Offers_.Add(offer.Wire);
        }

        foreach (var framework in order)
        {
            turn.Send(framework, events[framework.Id]);
        }
    }

    private static OpenOffer Make(Turn turn, Framework framework, Agent agent, string role, ResourceSet resources)
    {
        var id = turn.State.Mint.Offer();
        var wire = new Offer
        {
            Id = id.ToWire(),
            FrameworkId = framework.Info.Id,
            AgentId = agent.Info.Id,
            Hostname = agent.Info.Hostname,
            Url = new()
            {
                Scheme = "http",
                Address = new() { Hostname = agent.Info.Hostname, Ip = agent.Ip, Port = agent.Info.Port },
                Path = "/slave(1)",
            },
            Domain = agent.Info.Domain,
        };
        wire.Attributes.AddRange(agent.Info.Attributes);
        foreach (var executor in agent.Executors)
        {
            if (FrameworkId.From(executor.Info.FrameworkId) == framework.Id)
            {
                wire.ExecutorIds.Add(executor.Info.ExecutorId);
            }
        }

        // Frameworks of one role never hear of allocation roles.
        var shown = framework.Can.MultiRole ? resources : resources.Unallocate();
        wire.Resources.AddRange(shown.ToWire(framework.Can.ReservationRefinement ? ResourceFormat.PostRefinement : ResourceFormat.PreRefinement));
        if (framework.Can.MultiRole)
        {
            wire.AllocationInfo = new() { Role = role };
        }

        var offer = new OpenOffer(id, framework.Id, agent.Id, role, resources, wire);
        if (turn.State.Options.OfferTimeout is { } timeout)
        {
            offer.Expiry = turn.State.Deadlines.Set(WireTime.Later(turn.Now, timeout), later => Withdrawal.Rescind(later, offer));
        }

        return offer;
    }
}
