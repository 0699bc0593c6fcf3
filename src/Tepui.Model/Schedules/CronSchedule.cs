namespace Tepui.Model.Schedules;

/// <summary>Five-field cron expressions, and names for some. For ever, and since ever: their grid has no start.</summary>
internal sealed class CronSchedule : Schedule
{
    /// <summary>Longest text that is read.</summary>
    public const int LengthMost = 500;

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    private readonly CronTimes _times;

    private CronSchedule(string text, ScheduleZone zone, CronTimes times)
        : base(text, zone) => _times = times;

    /// <inheritdoc/>
    public override long? Count => null;

    /// <inheritdoc/>
    public override string AnchoredText => Text;

    /// <summary>See <see cref="Schedule.ParseCron"/>.</summary>
    public static CronSchedule? Parse(string text, string? zoneName, out ScheduleProblem? problem) =>
        Times(text, out problem) is { } times && ScheduleZone.Find(zoneName, out problem) is { } zone ? new(text, zone, times) : null;

    /// <inheritdoc/>
    public override DateTimeOffset? FirstAtOrAfter(DateTimeOffset time)
    {
        for (var wall = _times.FirstAtOrAfter(Wall(Zone.EarliestWall(time.UtcTicks))); wall is { } found; wall = Later(found))
        {
            var utc = Zone.AfterGap(found.Ticks);
            if (utc > DateTime.MaxValue.Ticks)
            {
                return null;
            }

            if (utc >= time.UtcTicks)
            {
                return new(utc, TimeSpan.Zero);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override DateTimeOffset? LastAtOrBefore(DateTimeOffset time)
    {
        for (var wall = _times.LastAtOrBefore(Wall(Zone.LatestWall(time.UtcTicks))); wall is { } found; wall = Earlier(found))
        {
            var utc = Zone.AfterGap(found.Ticks);
            if (utc < 0)
            {
                return null;
            }

            if (utc <= time.UtcTicks)
            {
                return new(utc, TimeSpan.Zero);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override long CountBetween(DateTimeOffset from, DateTimeOffset to, long most)
    {
        // Between two changes of the clock each minute that it shows for the first time counts; those that a change skips are one, at the change.
        var count = 0L;
        for (var at = from.UtcTicks; at <= to.UtcTicks && count < most;)
        {
            var stretch = Zone.Stretch(at);
            var end = Math.Min(stretch.LastTicks, to.UtcTicks);
            var first = Math.Max(at + stretch.OffsetTicks, stretch.FirstNewWall);
            count += CountWalls(first, end + stretch.OffsetTicks);
            if (stretch.FirstTicks == at && stretch.FirstNewWall < at + stretch.OffsetTicks && IsMadeUpFor(stretch.FirstNewWall, at + stretch.OffsetTicks))
            {
                count++;
            }

            at = end + 1;
        }

        return Math.Min(count, Math.Max(0, most));
    }

    /// <inheritdoc/>
    public override string TextFrom(DateTimeOffset next, long? remaining) => Text;

    private static DateTime Wall(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);

    private DateTime? Later(DateTime wall) => wall > DateTime.MaxValue.AddMinutes(-1) ? null : _times.FirstAtOrAfter(wall.AddMinutes(1));

    private DateTime? Earlier(DateTime wall) => wall < DateTime.MinValue.AddMinutes(1) ? null : _times.LastAtOrBefore(wall.AddMinutes(-1));

    // Minutes from one wall clock time up to and with another.
    private long CountWalls(long fromTicks, long toTicks)
    {
        var from = Math.Max(0, fromTicks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute;
        var to = Math.Min(toTicks, DateTime.MaxValue.Ticks);
        return from > to ? 0 : _times.Count(Wall(from), Wall(to));
    }

    // Something was skipped, and the moment after is not due anyway.
    private bool IsMadeUpFor(long gapTicks, long afterTicks) => CountWalls(gapTicks, afterTicks - 1) > 0 && CountWalls(afterTicks, afterTicks) == 0;

    private static CronTimes? Times(string text, out ScheduleProblem? problem)
    {
        if (text.Length > LengthMost)
        {
            problem = new($"it has {text.Length} characters; at most {LengthMost} are allowed", LengthMost);
            return null;
        }

        var at = text.Length - text.TrimStart().Length;
        var name = text.Trim();
        if (name.StartsWith('@') && !Names.ContainsKey(name))
        {
            problem = new($"'{TextCursor.Shorten(name)}' is not known; {string.Join(", ", Names.Keys)} are", at);
            return null;
        }

        var fields = Fields(Names.GetValueOrDefault(name, text));
        if (fields.Count != CronFieldKind.All.Count)
        {
            problem = new($"'{TextCursor.Shorten(text)}' has {fields.Count} fields; it must have five: minute, hour, day of month, month, day of week", fields.Count > 5 ? fields[5].At : text.Length);
            return null;
        }

        var parsed = new CronField[fields.Count];
        var problems = new List<ScheduleProblem>();
        for (var index = 0; index < parsed.Length; index++)
        {
            parsed[index] = CronField.Parse(fields[index].Text, CronFieldKind.All[index], out var wrong);
            if (wrong is not null)
            {
                problems.Add(new(wrong, fields[index].At));
            }
        }

        problem = problems.Count == 0 ? null : new(string.Join("; ", problems.Select(item => item.Message)), problems[0].Offset);
        return problem is null ? new(parsed[0], parsed[1], parsed[2], parsed[3], parsed[4]) : null;
    }

    private static List<(string Text, int At)> Fields(string text)
    {
        var fields = new List<(string Text, int At)>();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (end > at)
            {
                fields.Add((text[at..end], at));
            }

            at = end + 1;
        }

        return fields;
    }
}
