using Tepui.Agent.Core.Tasks;

namespace Tepui.Agent.Core.Groups;

/// <summary>Tasks that were launched together and, under the built-in executor, end together when one of them goes wrong.</summary>
internal sealed class GroupRecord(uint number)
{
    /// <summary>Its number within the executor's run.</summary>
    public uint Number { get; } = number;

    /// <summary>All of them, in the order of the launch.</summary>
    public List<TaskRecord> Tasks { get; } = [];

    /// <summary>Its tasks are being killed already.</summary>
    public bool IsEnding { get; set; }
}
