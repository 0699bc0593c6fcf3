using Tepui.Jobs.Core.Launching.Matching;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Runs in the queue with equal demands: where one does not fit, none does.</summary>
/// <param name="demand">Of all of them.</param>
/// <param name="rules">Its constraints.</param>
internal sealed class LaunchGroup(Demand demand, ConstraintRules rules)
{
    /// <summary>Of all of them.</summary>
    public Demand Demand { get; } = demand;

    /// <summary>Its constraints.</summary>
    public ConstraintRules Rules { get; } = rules;

    /// <summary>The runs, in the order of launching.</summary>
    public SortedSet<QueuedRun> Runs { get; } = [];

    /// <summary>Number of the newest offer that was found not to hold a run; those before were too, or are gone.</summary>
    public long Seen { get; set; }

    /// <summary>Its place among the groups that can be tried: its first run. Unset while it stands aside.</summary>
    public QueuedRun? Place { get; set; }

    /// <summary>Found to fit on no offer in hand.</summary>
    public bool IsAside { get; set; }
}
