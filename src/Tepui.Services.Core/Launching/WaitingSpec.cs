using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching;

/// <summary>One configuration of a spec with instances that wait for offers.</summary>
internal sealed class WaitingSpec(RunSpec spec, SpecInstances instances, DateTimeOffset since)
{
    private LaunchPlan? _plan;

    /// <summary>The version that is launched: the newest with this configuration.</summary>
    public RunSpec Spec { get; set; } = spec;

    /// <summary>Which configuration.</summary>
    public DateTimeOffset Config { get; } = spec.LastConfigChangeAt;

    /// <summary>All instances of the spec.</summary>
    public SpecInstances Instances { get; } = instances;

    /// <summary>Since when it waits.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>What became of offers.</summary>
    public OfferStatistics Offers { get; } = new();

    /// <summary>What launching an instance takes.</summary>
    public LaunchPlan Plan(ServicesOptions options) => ReferenceEquals(_plan?.Spec, Spec) ? _plan! : _plan = new(Spec, options);

    /// <summary>How many wait.</summary>
    public int Count => Instances.Waiting.Count(Config);

    /// <summary>Arrivals and departures when demand was last declared.</summary>
    public (long Arrivals, long Departures) Seen { get; set; } = (-1, -1);

    /// <summary>Why nothing of it is tried, and until when, if so.</summary>
    public (string Reason, DateTimeOffset Until)? Held { get; set; }

    /// <summary>Rings when the back-off in force ends.</summary>
    public Model.Time.Alarm<Turn>? Wake { get; set; }
}
