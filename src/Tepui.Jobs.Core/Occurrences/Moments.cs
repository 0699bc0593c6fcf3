namespace Tepui.Jobs.Core.Occurrences;

/// <summary>Reckoning with times that cannot overflow: what lies beyond the calendar is its end.</summary>
internal static class Moments
{
    /// <summary>So much later.</summary>
    public static DateTimeOffset After(this DateTimeOffset time, TimeSpan span) =>
        span <= TimeSpan.Zero || DateTimeOffset.MaxValue - time > span ? time + span : DateTimeOffset.MaxValue;

    /// <summary>So much earlier.</summary>
    public static DateTimeOffset Before(this DateTimeOffset time, TimeSpan span) =>
        span <= TimeSpan.Zero || time - DateTimeOffset.MinValue > span ? time - span : DateTimeOffset.MinValue;

    /// <summary>The earlier of two.</summary>
    public static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>The later of two.</summary>
    public static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>The earlier of two; none is later than any.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    /// <summary>The later of two; none is earlier than any.</summary>
    public static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
