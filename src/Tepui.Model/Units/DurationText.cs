using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tepui.Model.Units;

/// <summary>Lengths of time as flags and messages have them: a number and a unit, as in <c>15secs</c> or <c>1.5mins</c>.</summary>
public static class DurationText
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const string Allowed = "expected a number with one of the units ns, us, ms, secs, mins, hrs, days, weeks, as in '15secs'";

    // Longest first, in ticks of 100 ns.
    private static readonly (string Name, long Ticks)[] Units =
    [
        ("weeks", 7 * TimeSpan.TicksPerDay),
        ("days", TimeSpan.TicksPerDay),
        ("hrs", TimeSpan.TicksPerHour),
        ("mins", TimeSpan.TicksPerMinute),
        ("secs", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
    ];

    /// <summary>Reads such text; <paramref name="problem"/> says what is wrong with it and what is allowed.</summary>
    public static bool TryParse(string text, out TimeSpan duration, [NotNullWhen(false)] out string? problem)
    {
        duration = default;
        var split = text.Length;
        while (split > 0 && char.IsAsciiLetter(text[split - 1]))
        {
            split--;
        }

        if (!double.TryParse(text.AsSpan(0, split), Number, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            problem = $"Invalid duration '{text}': {Allowed}";
            return false;
        }

        if (TicksOf(text[split..]) is not { } unit)
        {
            problem = $"Unknown duration unit '{text[split..]}' in '{text}': {Allowed}";
            return false;
        }

        var ticks = Math.Round(number * unit, MidpointRounding.AwayFromZero);
        if (Math.Abs(ticks) >= long.MaxValue)
        {
            problem = $"Duration '{text}' is out of range: at most {Print(TimeSpan.FromDays(10_675_199))}";
            return false;
        }

        duration = TimeSpan.FromTicks((long)ticks);
        problem = null;
        return true;
    }

    /// <summary>In the largest unit that gives a whole number, as in <c>90secs</c>, <c>10mins</c>, <c>0ns</c>.</summary>
    public static string Print(TimeSpan duration)
    {
        if (duration != TimeSpan.Zero)
        {
            foreach (var (name, ticks) in Units)
            {
                if (duration.Ticks % ticks == 0)
                {
                    return (duration.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + name;
                }
            }
        }

        return ((Int128)duration.Ticks * 100).ToString(CultureInfo.InvariantCulture) + "ns";
    }

    private static double? TicksOf(string unit)
    {
        foreach (var (name, ticks) in Units)
        {
            if (unit == name)
            {
                return ticks;
            }
        }

        return unit == "ns" ? 0.01 : null;
    }
}
