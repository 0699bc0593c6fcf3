using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Agent.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Frameworks;

/// <summary>A framework with executors, tasks or unacknowledged updates on this agent, or one that had them.</summary>
internal sealed class FrameworkRecord(FrameworkId id, long number)
{
    private FrameworkInfo? _info;

    public FrameworkId Id { get; } = id;

    /// <summary>Rises in the order frameworks came here.</summary>
    public long Number { get; } = number;

    /// <summary>Unset while all that is known is the id (a master asked about a task of it that is not here).</summary>
    public FrameworkInfo? Info
    {
        get => _info;
        set
        {
            _info = value;
            IsPartitionAware = Has(FrameworkInfo.Types.Capability.Types.Type.PartitionAware);
            WantsKilling = Has(FrameworkInfo.Types.Capability.Types.Type.TaskKillingState);
            View = null;
        }
    }

    /// <summary>It has an entry among the checkpoints.</summary>
    public bool HasEntry { get; set; }

    /// <summary>Its executors survive a restart of the agent.</summary>
    public bool Checkpoints => _info is { Checkpoint: true };

    /// <summary>It is told TASK_DROPPED and TASK_GONE where others are told TASK_LOST.</summary>
    public bool IsPartitionAware { get; private set; }

    /// <summary>It is told TASK_KILLING.</summary>
    public bool WantsKilling { get; private set; }

    /// <summary>The framework is over: its executors are being ended, and nobody waits for its updates.</summary>
    public bool IsEnding { get; set; }

    public Dictionary<ExecutorId, ExecutorRecord> Executors { get; } = [];

    /// <summary>Ended, and all updates acknowledged; oldest first.</summary>
    public Queue<ExecutorRecord> CompletedExecutors { get; } = new();

    /// <summary>Every task of it that is not completed.</summary>
    public Dictionary<TaskId, TaskRecord> Tasks { get; } = [];

    public Dictionary<TaskId, UpdateStream> Updates { get; } = [];

    /// <summary>As last shown; <see langword="null"/> once something in it has changed.</summary>
    public FrameworkView? View { get; set; }

    /// <summary>Nothing keeps it here.</summary>
    public bool IsIdle => Executors.Count == 0 && Updates.Count == 0;

    private bool Has(FrameworkInfo.Types.Capability.Types.Type type)
    {
        if (_info is not null)
        {
            foreach (var capability in _info.Capabilities)
            {
                if (capability.Type == type)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
