using System.Globalization;

namespace Tepui.Model.Schedules;

/// <summary>One field of a cron expression: the values it allows.</summary>
/// <param name="Mask">Bit n: n is allowed.</param>
/// <param name="IsAny">It begins with a star: with <c>*</c> or <c>*/n</c>.</param>
internal readonly record struct CronField(ulong Mask, bool IsAny)
{
    /// <summary>Whether a value is allowed.</summary>
    public bool Allows(int value) => (Mask >> value & 1) != 0;

    /// <summary>Reads a field: <c>*</c>, numbers, names, ranges <c>a-b</c>, steps <c>/n</c>, and lists of them.</summary>
    /// <param name="text">As written.</param>
    /// <param name="kind">Which one it is.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static CronField Parse(string text, CronFieldKind kind, out string? problem)
    {
        var mask = 0UL;
        problem = null;
        if (text == "?" && kind.IsDay)
        {
            text = "*";
        }

        foreach (var part in text.Split(','))
        {
            if (part == "L" && kind.HasLast)
            {
                mask |= CronFieldKind.LastDay;
                continue;
            }

            if (Range(part, kind) is not { } range)
            {
                var names = kind.Names.Count > 0 ? $", a name such as {kind.Names[0]}" : "";
                problem = $"{kind.Name} '{TextCursor.Shorten(text)}': '{TextCursor.Shorten(part)}' is not *, a number from {kind.Least} to {kind.Most}{names}, a range a-b, or one of these with a step /n";
                return default;
            }

            for (var value = range.First; value <= range.Last; value += range.Step)
            {
                mask |= 1UL << value;
            }
        }

        return new(mask, text.StartsWith('*'));
    }

    private static (int First, int Last, int Step)? Range(string part, CronFieldKind kind)
    {
        var step = 1;
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var values = slash < 0 ? part : part[..slash];
        if (slash >= 0 && (!int.TryParse(part.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1))
        {
            return null;
        }

        // Longer steps than the range are all the same.
        step = Math.Min(step, 64);
        if (values == "*")
        {
            return (kind.Least, kind.Most, step);
        }

        var ends = values.Split('-');
        if (ends.Length > 2 || kind.Value(ends[0]) is not { } first)
        {
            return null;
        }

        // a/n goes on to the end of the range.
        var last = ends.Length == 2 ? kind.Value(ends[1]) : slash >= 0 ? kind.Most : first;
        if (last == 0 && first > 0 && kind.EndsWithFirst)
        {
            last = kind.Most;
        }

        return last is { } end && end >= first ? (first, end, step) : null;
    }
}
