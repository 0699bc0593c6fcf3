namespace Tepui.Sdk.Http;

/// <summary>Waits that grow from one failure to the next, with chance in them so that many clients do not come back at the same moment.</summary>
/// <remarks>The step grows by half each time, so the wait is never longer than about half of the time already spent waiting.</remarks>
/// <param name="first">Longest first wait.</param>
/// <param name="max">Longest wait.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan max)
{
    private readonly TimeSpan _first = first;
    private const double Growth = 1.5;

    private TimeSpan _step = first;

    /// <summary>The next wait: between half a step and a whole one.</summary>
    public TimeSpan Next()
    {
        var wait = _step * (0.5 + (Random.Shared.NextDouble() / 2));
        _step = TimeSpan.FromTicks(Math.Min((_step * Growth).Ticks, max.Ticks));
        return wait;
    }

    /// <summary>Starts small again, after a success.</summary>
    public void Reset() => _step = _first;
}
