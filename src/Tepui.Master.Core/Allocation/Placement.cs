using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>Finds takers for what is free on one agent, in the order of the tree.</summary>
/// <param name="tree">Who is next.</param>
/// <param name="eligibility">Who may have what.</param>
/// <param name="give">Books what somebody takes.</param>
internal sealed class Placement(ShareTree tree, Eligibility eligibility, Action<Client, AgentEntry, ResourceSet> give)
{
    /// <summary>Up to so many clients are put in order one by one; for more, all are walked.</summary>
    private const int PendingFewMax = 8;

    private readonly List<Client> _few = [];
    private readonly long[] _passedOver = new long[Enum.GetValues<NotOffered>().Length];
    private long _visit;

    /// <summary>How often a client was passed over, by reason.</summary>
    public long PassedOver(NotOffered reason) => _passedOver[(int)reason];

    /// <summary>Gives what is free on an agent to who is next and may have it, until nobody is left.</summary>
    public void Place(AgentEntry agent, List<Client> pending, List<PlannedOffer> result)
    {
        var all = agent.LooksAtAll || agent.Pending.Count + pending.Count > PendingFewMax;
        agent.LooksAtAll = false;
        if (!agent.IsActive || agent.Free.IsEmpty)
        {
            // Whoever waited for the agent waits until something on it comes free, and then all are looked at.
            agent.Pending.Clear();
            return;
        }

        _visit++;
        if (!all)
        {
            PlaceFew(agent, pending, result);
        }
        else
        {
            while (!agent.Free.IsEmpty && PlaceNext(tree.Root, agent, result))
            {
            }
        }

        agent.Pending.Clear();
    }

    private void PlaceFew(AgentEntry agent, List<Client> pending, List<PlannedOffer> result)
    {
        _few.Clear();
        _few.AddRange(pending);
        _few.AddRange(agent.Pending);
        while (!agent.Free.IsEmpty)
        {
            Client? next = null;
            foreach (var client in _few)
            {
                if (client.IsActive && client.Visit != _visit && (next is null || tree.Compare(client.Node, next.Node) < 0))
                {
                    next = client;
                }
            }

            if (next is null)
            {
                return;
            }

            next.Visit = _visit;
            TryGive(next, agent, Eligibility.ForRole(agent, next.Role), result);
        }
    }

    /// <summary>Walks the clients below a node in their order up to the first that takes something; the order is another one then.</summary>
    private bool PlaceNext(ShareNode node, AgentEntry agent, List<PlannedOffer> result)
    {
        var isGroup = node.RoleOfFrameworks is not null;
        var offer = isGroup ? Eligibility.ForRole(agent, node.RoleOfFrameworks!) : agent.Free;
        if (offer.IsEmpty)
        {
            return false;
        }

        foreach (var child in node.Active)
        {
            if (child.Client is not { } client)
            {
                if (PlaceNext(child, agent, result))
                {
                    return true;
                }
            }
            else if (client.Visit != _visit)
            {
                client.Visit = _visit;
                if (TryGive(client, agent, offer, result))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool TryGive(Client client, AgentEntry agent, ResourceSet offer, List<PlannedOffer> result)
    {
        var answer = eligibility.Check(client, agent, ref offer);
        _passedOver[(int)answer]++;
        if (answer != NotOffered.Offered)
        {
            return false;
        }

        give(client, agent, offer);
        result.Add(new(client.Framework.Id, client.Role, agent.Id, offer.Allocate(client.Role)));
        return true;
    }
}
