using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;

namespace Tepui.Model.Schedules;

/// <summary>A time zone and its name, shared by all schedules in it. Times are ticks of the calendar of <see cref="DateTime"/>.</summary>
internal sealed class ScheduleZone
{
    // Zones can be asked for by any client: no more than this many are kept.
    private const int MostKept = 4096;

    private static readonly ConcurrentDictionary<string, ScheduleZone> Kept = new(StringComparer.Ordinal);
    private static readonly Instant SkipsFrom = Instant.FromUtc(1800, 1, 1, 0, 0);
    private static readonly Instant SkipsTo = Instant.FromUtc(2100, 1, 1, 0, 0);

    private readonly DateTimeZone _zone;
    private readonly Lazy<IReadOnlyList<long>> _skippedDays;

    private ScheduleZone(string name, DateTimeZone zone)
    {
        Name = name;
        _zone = zone;
        _skippedDays = new(FindSkippedDays);
    }

    /// <summary>Coordinated universal time.</summary>
    public static ScheduleZone Utc { get; } = new("UTC", DateTimeZone.Utc);

    /// <summary>As its user wrote it.</summary>
    public string Name { get; }

    /// <summary>UTC ticks at which the calendar skipped a whole day, as Apia's did on 30 December 2011. Few zones have any.</summary>
    public IReadOnlyList<long> SkippedDays => _skippedDays.Value;

    /// <summary>The zone with a name; without one, UTC.</summary>
    public static ScheduleZone? Find(string? name, out ScheduleProblem? problem)
    {
        problem = null;
        if (string.IsNullOrEmpty(name))
        {
            return Utc;
        }

        if (Kept.TryGetValue(name, out var kept))
        {
            return kept;
        }

        if (ZoneNames.Find(name) is not { } zone)
        {
            problem = new(ZoneNames.Unknown(name), Offset: 0, IsZone: true);
            return null;
        }

        return Keep(new(name, zone));
    }

    /// <summary>A fixed offset.</summary>
    public static ScheduleZone Fixed(Offset offset)
    {
        if (offset == Offset.Zero)
        {
            return Utc;
        }

        var name = ZoneNames.OffsetText(offset);
        return Kept.TryGetValue(name, out var kept) ? kept : Keep(new(name, DateTimeZone.ForOffset(offset)));
    }

    /// <summary>The instant of a wall clock time: shifted forward by the gap if it is in one, the first if it comes twice. May lie outside of years 1 to 9999.</summary>
    public long ShiftedForward(long wallTicks)
    {
        var mapping = Map(wallTicks);
        // In a gap the offset before it makes the time after it.
        return wallTicks - mapping.EarlyInterval.WallOffset.Ticks;
    }

    /// <summary>The instant of a wall clock time: the first moment after the gap if it is in one, the first if it comes twice. May lie outside of years 1 to 9999.</summary>
    public long AfterGap(long wallTicks)
    {
        var mapping = Map(wallTicks);
        return mapping.Count == 0 ? Ticks(mapping.LateInterval.Start) : wallTicks - mapping.EarlyInterval.WallOffset.Ticks;
    }

    /// <summary>The instant of a wall clock time written with an offset: that of the offset if the time comes twice, else as without an offset.</summary>
    public long ShiftedForward(long wallTicks, Offset? written)
    {
        var mapping = Map(wallTicks);
        var isSecond = mapping.Count == 2 && written == mapping.LateInterval.WallOffset;
        return wallTicks - (isSecond ? mapping.LateInterval : mapping.EarlyInterval).WallOffset.Ticks;
    }

    /// <summary>Difference between wall clock and UTC at an instant.</summary>
    public Offset OffsetAt(long utcTicks) => _zone.GetUtcOffset(At(utcTicks));

    /// <summary>The wall clock at an instant. May lie outside of years 1 to 9999.</summary>
    public long Wall(long utcTicks) => utcTicks + OffsetAt(utcTicks).Ticks;

    /// <summary>The latest wall clock time whose first coming is not after an instant. Later than the clock then shows when it was set back not long ago.</summary>
    public long LatestWall(long utcTicks)
    {
        var interval = _zone.GetZoneInterval(At(utcTicks));
        var wall = utcTicks + interval.WallOffset.Ticks;
        if (!interval.HasStart)
        {
            return wall;
        }

        var start = Ticks(interval.Start);
        return Math.Max(wall, start + OffsetAt(start - 1).Ticks - 1);
    }

    /// <summary>The earliest wall clock time that comes, or is made up for after a gap, at an instant or later.</summary>
    public long EarliestWall(long utcTicks)
    {
        var interval = _zone.GetZoneInterval(At(utcTicks));
        var wall = utcTicks + interval.WallOffset.Ticks;
        return interval.HasStart && Ticks(interval.Start) == utcTicks ? Math.Min(wall, utcTicks + OffsetAt(utcTicks - 1).Ticks) : wall;
    }

    /// <summary>The time around an instant in which the clock is not changed.</summary>
    public ZoneStretch Stretch(long utcTicks)
    {
        var interval = _zone.GetZoneInterval(At(utcTicks));
        var first = interval.HasStart ? Ticks(interval.Start) : long.MinValue;
        var shown = interval.HasStart ? first + OffsetAt(first - 1).Ticks : long.MinValue;
        return new(first, interval.HasEnd ? Ticks(interval.End) - 1 : long.MaxValue, interval.WallOffset.Ticks, shown);
    }

    /// <summary>An instant with the offset of the zone; in UTC where that cannot be written.</summary>
    public DateTimeOffset Show(long utcTicks)
    {
        var offset = TimeSpan.FromMinutes(OffsetAt(utcTicks).Seconds / 60);
        var wall = utcTicks + offset.Ticks;
        var isWritable = wall >= 0 && wall <= DateTime.MaxValue.Ticks && offset.Duration() <= TimeSpan.FromHours(14);
        return isWritable ? new(wall, offset) : new(utcTicks, TimeSpan.Zero);
    }

    private static ScheduleZone Keep(ScheduleZone zone)
    {
        if (Kept.Count >= MostKept)
        {
            Kept.Clear();
        }

        return Kept.GetOrAdd(zone.Name, zone);
    }

    private static Instant At(long utcTicks) => NodaConstants.BclEpoch.PlusTicks(utcTicks);

    private static long Ticks(Instant instant) => (instant - NodaConstants.BclEpoch).BclCompatibleTicks;

    private ZoneLocalMapping Map(long wallTicks) => _zone.MapLocal(LocalDateTime.FromDateTime(new DateTime(wallTicks, DateTimeKind.Unspecified)));

    private List<long> FindSkippedDays()
    {
        var found = new List<long>();
        ZoneInterval? before = null;
        foreach (var interval in _zone.GetZoneIntervals(SkipsFrom, SkipsTo))
        {
            if (before is not null && interval.WallOffset.Ticks - before.WallOffset.Ticks >= TimeSpan.TicksPerDay)
            {
                found.Add(Ticks(interval.Start));
            }

            before = interval;
        }

        return found;
    }
}
