using Tepui.Model.Identifiers;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>An agent as the allocator sees it.</summary>
internal sealed class AgentEntry(AgentId id, int number)
{
    public AgentId Id { get; } = id;

    /// <summary>Counts up in the order agents were added.</summary>
    public int Number { get; } = number;

    public AgentTraits Traits { get; set; } = new("");

    public bool IsActive { get; set; } = true;

    public ResourceSet Total { get; private set; } = ResourceSet.Empty;

    /// <summary>What is offered or in use, allocated to nobody here: the sum over <see cref="Holders"/>.</summary>
    public ResourceSet Allocated { get; private set; } = ResourceSet.Empty;

    /// <summary>What may be offered.</summary>
    public ResourceSet Free { get; private set; } = ResourceSet.Empty;

    /// <summary>Whether any of what is free is reserved, so that not every role may use all of it.</summary>
    public bool HasReserved { get; private set; }

    /// <summary>Whether any of what is free needs a capability: revocable, or reserved more than once.</summary>
    public bool HasSpecial { get; private set; }

    public bool HasGpus { get; private set; }

    /// <summary>What each client holds, allocated to nobody here.</summary>
    public Dictionary<Client, ResourceSet> Holders { get; } = [];

    /// <summary>Whether it is in the list of the next run.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Whether the next run looks at all clients for it, and not only at <see cref="Pending"/>.</summary>
    public bool LooksAtAll { get; set; }

    /// <summary>Clients to look at for it in the next run.</summary>
    public List<Client> Pending { get; } = [];

    public void SetTotal(ResourceSet total)
    {
        Total = total;
        HasGpus = total.Scalar("gpus") > 0;
        SetFree();
    }

    public void Give(Client client, ResourceSet resources)
    {
        Holders[client] = Holders.TryGetValue(client, out var held) ? held.Add(resources) : resources;
        Allocated = Allocated.Add(resources);
        SetFree();
    }

    public void Take(Client client, ResourceSet resources)
    {
        var rest = Holders.GetValueOrDefault(client, ResourceSet.Empty).Subtract(resources);
        if (rest.IsEmpty)
        {
            Holders.Remove(client);
        }
        else
        {
            Holders[client] = rest;
        }

        Allocated = Allocated.Subtract(resources);
        SetFree();
    }

    private void SetFree()
    {
        var free = Total.Without(Allocated);
        HasReserved = false;
        HasSpecial = false;
        var hidden = false;
        foreach (ref readonly var item in free.Items)
        {
            hidden |= IsHidden(item);
            HasReserved |= item.Identity.IsReserved;
            HasSpecial |= item.Identity.IsRevocable || item.Identity.Reservations.Length > 1;
        }

        Free = hidden ? free.Filter(static item => !IsHidden(item)) : free;
    }

    /// <summary>Never offered: the agent's own ephemeral ports, and volumes that several may share.</summary>
    private static bool IsHidden(in Resource item) => item.Identity.IsShared || item.Name == "ephemeral_ports";
}
