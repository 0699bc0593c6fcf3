namespace Tepui.Agent.Links;

/// <summary>Waits between tries to reach a master: none before the first, then chosen by chance from a span that grows, so that thousands of agents do not come back at the same moment.</summary>
/// <param name="factor">Span of the wait after some failures; the first spans are shorter, since most masters are only away for a restart.</param>
internal sealed class RetryWaits(TimeSpan factor)
{
    /// <summary>What a wait may exceed the outage by grows with it: a master that was away for a second is not to miss its agents for another.</summary>
    private const double Growth = 1.3;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // Without any wait an agent would spend all its time on a master that refuses it.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private readonly TimeSpan _first = TimeSpan.FromTicks(Math.Clamp(factor.Ticks / 16, Shortest.Ticks, Longest.Ticks));
    private TimeSpan _span;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        _span = _span == TimeSpan.Zero ? _first : _span;
        var wait = _span * Random.Shared.NextDouble();
        _span = _span * Growth < Longest ? _span * Growth : Longest;
        return wait;
    }

    /// <summary>Starts with short waits again, after a success.</summary>
    public void Reset() => _span = TimeSpan.Zero;
}
