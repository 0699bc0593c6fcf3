using Tepui.Jobs.Core.Launching.Matching;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Runs to come with equal demands.</summary>
/// <param name="demand">Of each.</param>
/// <param name="rules">Its constraints.</param>
internal sealed class ComingGroup(Demand demand, ConstraintRules rules)
{
    private long _last = long.MinValue;

    /// <summary>Of each.</summary>
    public Demand Demand { get; } = demand;

    /// <summary>Its constraints.</summary>
    public ConstraintRules Rules { get; } = rules;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>At how many different times.</summary>
    public int Moments { get; private set; }

    /// <summary>One more; in order of time.</summary>
    /// <param name="moment">When, in numbered moments.</param>
    public void Add(long moment)
    {
        Count++;
        Moments += moment != _last ? 1 : 0;
        _last = moment;
    }
}
