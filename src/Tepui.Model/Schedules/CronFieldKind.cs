using System.Globalization;

namespace Tepui.Model.Schedules;

/// <summary>What a field of a cron expression may hold.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Least">Smallest value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="Names">Names of the values from <paramref name="Least"/> on.</param>
/// <param name="IsDay">It says which days; <c>?</c> is <c>*</c>.</param>
/// <param name="HasLast"><c>L</c> is the last one.</param>
/// <param name="EndsWithFirst">Its last value is its first again: Sunday.</param>
internal sealed record CronFieldKind(string Name, int Least, int Most, IReadOnlyList<string> Names, bool IsDay = false, bool HasLast = false, bool EndsWithFirst = false)
{
    /// <summary>Bit of <c>L</c> in a mask of days of the month, which begin with 1.</summary>
    public const ulong LastDay = 1;

    /// <summary>The five, in their order.</summary>
    public static IReadOnlyList<CronFieldKind> All { get; } =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of month", 1, 31, [], IsDay: true, HasLast: true),
        new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
        new("day of week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"], IsDay: true, EndsWithFirst: true),
    ];

    /// <summary>Value of a number or a name; <see langword="null"/> if it is neither or not allowed.</summary>
    public int? Value(string text)
    {
        for (var index = 0; index < Names.Count; index++)
        {
            if (string.Equals(Names[index], text, StringComparison.OrdinalIgnoreCase))
            {
                return Least + index;
            }
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= Least && value <= Most ? value : null;
    }
}
