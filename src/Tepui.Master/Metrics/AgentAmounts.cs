using System.Runtime.CompilerServices;
using Tepui.Master.Core.Views;
using Tepui.Model.Resources;

namespace Tepui.Master.Metrics;

/// <summary>What one agent has and what of it is taken, in thousandths, for sums over all agents. Counted once per state of an agent.</summary>
internal sealed class AgentAmounts
{
    /// <summary>Names that metrics are kept for.</summary>
    public static readonly string[] Names = ["cpus", "gpus", "mem", "disk"];

    private static readonly ConditionalWeakTable<AgentView, AgentAmounts> Known = [];

    private AgentAmounts(AgentView agent)
    {
        Total = Amounts(agent.Total.NonRevocable);
        Used = Amounts(agent.Allocated.NonRevocable);
        RevocableTotal = Amounts(agent.Total.Revocable);
        RevocableUsed = Amounts(agent.Allocated.Revocable);
    }

    /// <summary>All it has.</summary>
    public long[] Total { get; }

    /// <summary>Taken.</summary>
    public long[] Used { get; }

    /// <summary>All it has that may be taken back.</summary>
    public long[] RevocableTotal { get; }

    /// <summary>Taken of that.</summary>
    public long[] RevocableUsed { get; }

    /// <summary>The amounts of <paramref name="agent"/>.</summary>
    public static AgentAmounts Of(AgentView agent) => Known.GetValue(agent, static view => new AgentAmounts(view));

    private static long[] Amounts(ResourceSet resources) => Array.ConvertAll(Names, resources.Scalar);
}
