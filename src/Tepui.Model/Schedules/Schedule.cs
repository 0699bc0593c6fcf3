namespace Tepui.Model.Schedules;

/// <summary>
/// A repeating schedule: a grid of due times, and how many of them are wanted. Immutable; grids end with the year 9999.
/// </summary>
/// <remarks>
/// Times that a wall clock skips or shows twice, in the zone of the schedule:
/// <list type="bullet">
/// <item>ISO 8601: a due time in a gap is shifted forward by the length of the gap (02:30 is 03:30); one that comes twice is the first.
/// A time is due once even when the shift makes two of the grid equal (a whole day is skipped): the two are one.</item>
/// <item>cron: all due times in a gap are one, at the first moment after the gap (03:00); one that comes twice is the first.</item>
/// </list>
/// </remarks>
public abstract class Schedule
{
    private protected Schedule(string text, ScheduleZone zone)
    {
        Text = text;
        Zone = zone;
    }

    /// <summary>As its author wrote it.</summary>
    public string Text { get; }

    /// <summary>Name of its time zone, as given; <c>UTC</c> without one; an offset such as <c>+02:00</c> if only the start had one.</summary>
    public string ZoneName => Zone.Name;

    /// <summary>How many due times are wanted (the n of <c>Rn</c>); <see langword="null"/>: for ever.</summary>
    public abstract long? Count { get; }

    /// <summary>Its text such that reading it at any later time gives the same grid: an empty start is written out. What to keep on disk.</summary>
    public abstract string AnchoredText { get; }

    private protected ScheduleZone Zone { get; }

    /// <summary>Reads an ISO 8601 repeating interval, <c>R[n]/[start]/period</c>, as in <c>R5/2031-05-01T06:30:00Z/P1D</c>.</summary>
    /// <param name="text">As written. Without a start it begins one second before <paramref name="now"/>.</param>
    /// <param name="zone">Name of a time zone, which replaces the offset of the start, even <c>Z</c>; empty or <see langword="null"/>: the offset of the start, else UTC.</param>
    /// <param name="now">Time of reading.</param>
    /// <param name="problem">What is wrong with it. Comes together with a schedule if that begins before 1970, which the caller may refuse.</param>
    /// <returns>The schedule, or <see langword="null"/>.</returns>
    public static Schedule? ParseIso(string text, string? zone, DateTimeOffset now, out ScheduleProblem? problem) => IsoScheduleText.Parse(text, zone, now, out problem);

    /// <summary>Reads a cron expression: five fields, or a name such as <c>@daily</c>.</summary>
    /// <param name="text">As written.</param>
    /// <param name="zone">Name of a time zone; empty or <see langword="null"/>: UTC.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <returns>The schedule, or <see langword="null"/>.</returns>
    public static Schedule? ParseCron(string text, string? zone, out ScheduleProblem? problem) => CronSchedule.Parse(text, zone, out problem);

    /// <summary>Stands for a kept text that cannot be read any more, as when its zone is gone from the time zone database: never due.</summary>
    public static Schedule Unreadable(string text) => new UnreadableSchedule(text);

    /// <summary>Whether a time zone is known, by IANA name or as an offset such as <c>+02:00</c>.</summary>
    /// <param name="name">As written; empty is UTC.</param>
    /// <param name="problem">Names near it, if it is not known.</param>
    public static bool IsZone(string? name, out ScheduleProblem? problem) => ScheduleZone.Find(name, out problem) is not null;

    /// <summary>The first due time of the grid at or after a time, in UTC; <see langword="null"/> if there is none. Counts are the caller's business.</summary>
    public abstract DateTimeOffset? FirstAtOrAfter(DateTimeOffset time);

    /// <summary>The first due time of the grid after a time, in UTC; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? FirstAfter(DateTimeOffset time) => time.UtcTicks == DateTimeOffset.MaxValue.Ticks ? null : FirstAtOrAfter(time.ToUniversalTime().AddTicks(1));

    /// <summary>The last due time of the grid at or before a time, in UTC; <see langword="null"/> if there is none.</summary>
    public abstract DateTimeOffset? LastAtOrBefore(DateTimeOffset time);

    /// <summary>How many due times of the grid lie between two times, both included, but at most <paramref name="most"/>.</summary>
    /// <remarks>At once for ISO 8601; cron goes through the days.</remarks>
    public abstract long CountBetween(DateTimeOffset from, DateTimeOffset to, long most);

    /// <summary>The same instant with the offset of the schedule's zone then, for display; in UTC where such a time cannot be written.</summary>
    public DateTimeOffset ToZone(DateTimeOffset time) => Zone.Show(time.UtcTicks);

    /// <summary>The schedule as it stands after launches: <c>R[remaining]/[next]/period</c>. A cron expression stays as it is.</summary>
    /// <param name="next">Next due time.</param>
    /// <param name="remaining">How many are left; <see langword="null"/>: for ever.</param>
    public abstract string TextFrom(DateTimeOffset next, long? remaining);
}
