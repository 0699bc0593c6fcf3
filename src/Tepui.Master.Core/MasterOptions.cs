using Tepui.Protocol.V1;

namespace Tepui.Master.Core;

/// <summary>What a master core is told once, at its start. Names and defaults are those of the flags of the same name.</summary>
public sealed record MasterOptions
{
    /// <summary>This master: id (a UUID new at every start, the prefix of ids it mints), address, version, capabilities.</summary>
    public required MasterInfo Info { get; init; }

    /// <summary>The leader's epoch, from the store; higher at every start.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>Longest time between a change and the offers that follow from it, and the least refusal time of a filter.</summary>
    public TimeSpan AllocationInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Free resources are offered this long after they came free, so that what comes free together is offered together.</summary>
    public TimeSpan AllocationDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>An offer not answered for so long is rescinded; <see langword="null"/> means never.</summary>
    public TimeSpan? OfferTimeout { get; init; }

    /// <summary>Time between pings to an agent.</summary>
    public TimeSpan AgentPingTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Pings in a row an agent may leave unanswered before it is unreachable.</summary>
    public int MaxAgentPingTimeouts { get; init; } = 5;

    /// <summary>A disconnected agent, or one expected back after a failover, is unreachable after so long.</summary>
    public TimeSpan AgentReregisterTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between heartbeats on event streams, advertised to subscribers.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Completed frameworks kept for display.</summary>
    public int MaxCompletedFrameworks { get; init; } = 50;

    /// <summary>Completed tasks kept for display, per framework.</summary>
    public int MaxCompletedTasksPerFramework { get; init; } = 1000;

    /// <summary>Unreachable tasks kept, per framework.</summary>
    public int MaxUnreachableTasksPerFramework { get; init; } = 1000;

    /// <summary>Roles that may be used; empty means all.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Weights by role, until an operator sets any: those are kept in the registry, and count alone.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Whether frameworks may run as user <c>root</c>.</summary>
    public bool RootSubmissions { get; init; } = true;

    /// <summary>Agents with gpus are offered only to frameworks that know gpus.</summary>
    public bool FilterGpuResources { get; init; } = true;

    /// <summary>An offer holds at least one of these sets of quantities, as in <c>cpus:0.01|mem:32</c>; in thousandths by resource name.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, long>> MinAllocatableResources { get; init; } =
    [
        new Dictionary<string, long>(StringComparer.Ordinal) { ["cpus"] = 10 },
        new Dictionary<string, long>(StringComparer.Ordinal) { ["mem"] = 32_000 },
    ];

    /// <summary>Resource names that do not count towards dominant shares.</summary>
    public IReadOnlyList<string> FairSharingExcludedResourceNames { get; init; } = [];

    /// <summary>Seed of the shuffle of agents before an allocation run.</summary>
    public int Seed { get; init; }
}
