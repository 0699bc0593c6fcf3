namespace Tepui.Services.Core.Specs;

/// <summary>Arithmetic on spans that clients give. They may be absurdly long; no sum of them leaves the calendar.</summary>
public static class Spans
{
    /// <summary>The longest span that is told apart: nothing in a cluster waits longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3653);

    /// <summary>So many seconds; as many as a whole number of 32 bits at most, so that what was asked for reads back the same wherever whole seconds are asked for.</summary>
    public static TimeSpan OfSeconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, int.MinValue, int.MaxValue));

    /// <summary>The time a span later, <see cref="Longest"/> at most.</summary>
    public static DateTimeOffset After(this DateTimeOffset time, TimeSpan span) => time + (span < Longest ? span : Longest);

    /// <summary>A span so many times over, <see cref="Longest"/> at most.</summary>
    public static TimeSpan Times(this TimeSpan span, int count) =>
        TimeSpan.FromTicks((long)Math.Min((double)span.Ticks * count, Longest.Ticks));
}
