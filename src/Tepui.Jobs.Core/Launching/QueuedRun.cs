using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Launching;

/// <summary>A run in the queue, in the order of launching: high priority first, then by due time, then by id.</summary>
/// <param name="IsHigh">High priority.</param>
/// <param name="DueTicks">When it was due.</param>
/// <param name="Id">Which.</param>
internal readonly record struct QueuedRun(bool IsHigh, long DueTicks, RunId Id) : IComparable<QueuedRun>
{
    /// <inheritdoc/>
    public int CompareTo(QueuedRun other)
    {
        if (IsHigh != other.IsHigh)
        {
            return IsHigh ? -1 : 1;
        }

        return DueTicks != other.DueTicks ? DueTicks.CompareTo(other.DueTicks) : Id.CompareTo(other.Id);
    }
}
