using Tepui.Master.Core.Accounts;
using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Allocation;
using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Tables;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Model.Time;

namespace Tepui.Master.Core;

/// <summary>The tables of the master, one per feature, and nothing else.</summary>
internal sealed class MasterState
{
    /// <summary>An empty pool.</summary>
    public MasterState(MasterOptions options)
    {
        Options = options;
        Mint = new(options.Info.Id);
        Allocator = new(new AllocatorOptions
        {
            AllocationDelay = options.AllocationDelay,
            MinAllocatable = [.. options.MinAllocatableResources.Select(ResourceQuantities.From)],
            FilterGpuResources = options.FilterGpuResources,
            FairSharingExcludedResourceNames = [.. options.FairSharingExcludedResourceNames],
            Region = options.Info.Domain?.FaultDomain?.Region?.Name,
            Seed = options.Seed,
        });
    }

    /// <summary>Fixed for the life of the master.</summary>
    public MasterOptions Options { get; }

    /// <summary>Makes ids.</summary>
    public Mint Mint { get; }

    /// <summary>Timers.</summary>
    public AlarmQueue<Turn> Deadlines { get; } = new();

    /// <summary>Frameworks.</summary>
    public FrameworkTable Frameworks { get; } = new();

    /// <summary>Agents.</summary>
    public AgentTable Agents { get; } = new();

    /// <summary>Offers not answered yet.</summary>
    public OrderedTable<OfferId, OpenOffer> Offers { get; } = new();

    /// <summary>Roles.</summary>
    public RoleTable Roles { get; } = new();

    /// <summary>Who is offered what.</summary>
    public Allocator Allocator { get; }

    /// <summary>What was counted.</summary>
    public CounterTable Counters { get; } = new();

    /// <summary>The next round of forgetting old agents.</summary>
    public Alarm<Turn>? Retention { get; set; }

    /// <summary>Grows with every change of an entity that readers can see.</summary>
    public long Version { get; private set; }

    /// <summary>Grows with every step that may have counted something.</summary>
    public long Counted { get; private set; }

    /// <summary>Something readers can see changed.</summary>
    public void Changed() => Version++;

    /// <summary>Something was counted, perhaps.</summary>
    public void Count() => Counted++;
}
