using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Runs that may be launched now, high priority first, then by due time.</summary>
internal sealed class LaunchQueue
{
    /// <summary>How many wait with normal priority.</summary>
    public int Normal => 0;

    /// <summary>How many wait with high priority.</summary>
    public int High => 0;

    /// <summary>A run may be launched from now on: nothing of its own holds it back.</summary>
    public void Add(Turn turn, Run run)
    {
    }

    /// <summary>It may not any more.</summary>
    public void Remove(RunId run)
    {
    }
}
