using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>What became of tasks.</summary>
internal static class StatusUpdates
{
    /// <summary>A task changed; acknowledged in any case, after what it changed.</summary>
    public static void Handle(Turn turn, TaskStatus status)
    {
    }

    /// <summary>An accept did not get through: the master is asked what it knows, and its answer decides.</summary>
    public static void AcceptFailed(Turn turn, JobsInput.AcceptFailed failed)
    {
    }
}
