using System.Collections;
using System.Globalization;

namespace Tepui.Services.Core.Autoscaling;

/// <summary>One field of a cron expression: the values it allows.</summary>
internal sealed class CronField
{
    private readonly BitArray _allowed;

    private CronField(BitArray allowed, bool isAny)
    {
        _allowed = allowed;
        IsAny = isAny;
    }

    /// <summary>It begins with a star: with <c>*</c> or <c>*/n</c>.</summary>
    public bool IsAny { get; }

    /// <summary>Whether a value is allowed.</summary>
    public bool Allows(int value) => value < _allowed.Length && _allowed[value];

    /// <summary>Reads a field: <c>*</c>, numbers, names, ranges <c>a-b</c>, steps <c>/n</c>, and lists of them.</summary>
    /// <param name="text">As written.</param>
    /// <param name="name">For messages.</param>
    /// <param name="least">Smallest value.</param>
    /// <param name="most">Largest value.</param>
    /// <param name="names">Names of the values from <paramref name="least"/> on.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <returns>The field, or <see langword="null"/>.</returns>
    public static CronField? Parse(string text, string name, int least, int most, IReadOnlyList<string> names, out string? problem)
    {
        var allowed = new BitArray(most + 1);
        problem = null;
        foreach (var part in text.Split(','))
        {
            if (Range(part, least, most, names) is not { } range)
            {
                problem = $"{name} '{text}': '{part}' is not *, a number from {least} to {most}{(names.Count > 0 ? $", a name such as {names[0]}" : "")}, a range a-b, or one of these with a step /n";
                return null;
            }

            for (var value = range.First; value <= range.Last; value += range.Step)
            {
                allowed[value] = true;
            }
        }

        return new(allowed, text.StartsWith('*'));
    }

    private static (int First, int Last, int Step)? Range(string part, int least, int most, IReadOnlyList<string> names)
    {
        var step = 1;
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var values = slash < 0 ? part : part[..slash];
        if (slash >= 0 && (!int.TryParse(part.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1))
        {
            return null;
        }

        if (values == "*")
        {
            return (least, most, step);
        }

        var ends = values.Split('-');
        if (ends.Length > 2 || Value(ends[0], least, most, names) is not { } first)
        {
            return null;
        }

        // a/n goes on to the end of the range.
        var last = ends.Length == 2 ? Value(ends[1], least, most, names) : slash >= 0 ? most : first;
        return last is { } end && end >= first ? (first, end, step) : null;
    }

    private static int? Value(string text, int least, int most, IReadOnlyList<string> names)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (string.Equals(names[index], text, StringComparison.OrdinalIgnoreCase))
            {
                return least + index;
            }
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;
    }
}
