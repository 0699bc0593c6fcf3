using System.Globalization;
using NodaTime;

namespace Tepui.Model.Schedules;

/// <summary>Start of a schedule as written: a wall clock time, and an offset if one was given.</summary>
/// <param name="WallTicks">Ticks of <see cref="DateTime"/>, whole milliseconds.</param>
/// <param name="Offset">The offset; <see langword="null"/> if none was written.</param>
internal readonly record struct IsoStart(long WallTicks, Offset? Offset)
{
    /// <summary>
    /// Reads it: a date (<c>2031-05-01</c>, <c>2031-05</c>, <c>2031</c>, <c>2031-121</c>, <c>2031-W18-4</c>), a time (<c>T06:30:00.000</c>, or less of it), or both, and an offset
    /// (<c>Z</c>, <c>+02:00</c>) after the <c>T</c>. What is missing is the least there is; the year is 1970.
    /// </summary>
    /// <param name="text">The whole schedule.</param>
    /// <param name="from">Where the start begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static IsoStart? Parse(string text, int from, int end, out ScheduleProblem? problem)
    {
        var cursor = new TextCursor(text, from, end);
        var date = DateTime.UnixEpoch;
        problem = null;
        var hasTime = cursor.Take('T');
        if (!hasTime)
        {
            if (IsoDate.Parse(cursor, out problem) is not { } written)
            {
                return null;
            }

            date = written;
            hasTime = cursor.Take('T');
        }

        var time = hasTime ? IsoTime.Parse(cursor, out problem) : 0;
        var offset = hasTime && problem is null ? IsoTime.ParseOffset(cursor, out problem) : null;
        if (problem is null && !cursor.IsAtEnd)
        {
            problem = new($"the start cannot be read at '{cursor.Rest}'; {IsoTime.Form}", cursor.At);
        }

        return problem is null ? new(date.Ticks + time, offset) : null;
    }

    /// <summary>As Chronos prints starts: the wall clock in a zone with milliseconds and offset, <c>Z</c> for none.</summary>
    public static string Print(long utcTicks, ScheduleZone zone)
    {
        var offset = zone.OffsetAt(utcTicks);
        var wall = utcTicks + offset.Ticks;
        if (wall < 0 || wall > DateTime.MaxValue.Ticks)
        {
            (wall, offset) = (utcTicks, NodaTime.Offset.Zero);
        }

        var suffix = offset == NodaTime.Offset.Zero ? "Z" : ZoneNames.OffsetText(offset);
        return new DateTime(wall, DateTimeKind.Unspecified).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture) + suffix;
    }
}
