using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Resources;

/// <summary>Values as flags have them: a number, <c>[a-b, c-d]</c>, <c>{x, y}</c>, or text.</summary>
internal static class ValueText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out V1.Value? value, [NotNullWhen(false)] out string? problem)
    {
        value = null;
        problem = null;
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            problem = "a value is missing";
        }
        else if (trimmed[0] is '[' or '{')
        {
            var close = trimmed[0] == '[' ? ']' : '}';
            if (trimmed[^1] != close || trimmed.Length < 2)
            {
                problem = $"'{trimmed}' lacks the closing '{close}'";
            }
            else
            {
                var inside = trimmed[1..^1];
                value = close == ']' ? ParseRanges(inside, out problem) : ParseSet(inside, out problem);
            }
        }
        else if (trimmed.IndexOfAny(['[', ']', '{', '}']) >= 0)
        {
            problem = $"'{trimmed}' has unbalanced brackets";
        }
        else
        {
            value = ParseScalar(trimmed, out problem) ?? new() { Type = V1.Value.Types.Type.Text, Text = new() { Value = trimmed } };
        }

        return problem is null && value is not null;
    }

    private static V1.Value? ParseScalar(string text, out string? problem)
    {
        problem = null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        if (!double.IsFinite(number) || double.IsSubnormal(number))
        {
            problem = $"'{text}' is not a finite number";
        }

        return new() { Type = V1.Value.Types.Type.Scalar, Scalar = new() { Value = number } };
    }

    private static V1.Value? ParseRanges(string inside, out string? problem)
    {
        var value = new V1.Value { Type = V1.Value.Types.Type.Ranges, Ranges = new() };
        problem = null;
        if (inside.Trim().Length == 0)
        {
            return value;
        }

        foreach (var part in inside.Split(','))
        {
            var dash = part.IndexOf('-');
            if (dash < 0
                || !ulong.TryParse(part.AsSpan(0, dash).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var begin)
                || !ulong.TryParse(part.AsSpan(dash + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var end))
            {
                problem = $"'{part.Trim()}' is not a range of whole numbers, as in '31000-32000'";
                return null;
            }

            value.Ranges.Range.Add(new V1.Value.Types.Range { Begin = begin, End = end });
        }

        return value;
    }

    private static V1.Value? ParseSet(string inside, out string? problem)
    {
        var value = new V1.Value { Type = V1.Value.Types.Type.Set, Set = new() };
        problem = null;
        if (inside.Trim().Length == 0)
        {
            return value;
        }

        foreach (var part in inside.Split(','))
        {
            if (part.Trim().Length == 0)
            {
                problem = $"the set '{{{inside}}}' has an empty element";
                return null;
            }

            value.Set.Item.Add(part.Trim());
        }

        return value;
    }
}
