using Tepui.Agent.Core.Executors;

namespace Tepui.Agent.Core.Recovery;

/// <summary>The executors that ran on while the agent was away and have not come back yet. Until they have, or their time is up, no master is told anything.</summary>
internal sealed class RecoveryState
{
    public HashSet<ExecutorRecord> Awaited { get; } = [];

    public bool IsWaiting => Awaited.Count > 0;
}
