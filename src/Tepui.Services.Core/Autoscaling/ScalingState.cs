using Tepui.Model.Time;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Autoscaling;

/// <summary>What is known about the scaling of one app.</summary>
internal sealed class ScalingState(PathId app)
{
    /// <summary>Which.</summary>
    public PathId App { get; } = app;

    /// <summary>Follows load by this, now.</summary>
    public AutoscalingPolicy? Policy { get; set; }

    /// <summary>Follows the clock by this, now.</summary>
    public IReadOnlyList<ScheduledScale> Schedule { get; set; } = [];

    /// <summary>Times up to here were acted upon.</summary>
    public DateTimeOffset ScheduledUntil { get; set; }

    /// <summary>The next measurement.</summary>
    public Alarm<Turn>? Measurement { get; set; }

    /// <summary>The next time of the schedule.</summary>
    public Alarm<Turn>? Occurrence { get; set; }

    /// <summary>The last increase by load.</summary>
    public DateTimeOffset? LastIncrease { get; set; }

    /// <summary>The last change by load or clock.</summary>
    public DateTimeOffset? LastChange { get; set; }

    /// <summary>What was decided last, changes and others.</summary>
    public ScalingDecision? Last { get; set; }

    /// <summary>Stops everything.</summary>
    public void Stop()
    {
        Measurement?.Cancel();
        Occurrence?.Cancel();
    }
}
