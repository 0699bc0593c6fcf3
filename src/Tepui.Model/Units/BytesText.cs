using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tepui.Model.Units;

/// <summary>Sizes as flags and messages have them: a whole number and a unit, as in <c>10MB</c>; units are powers of 1024.</summary>
public static class BytesText
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>Reads such text; <paramref name="problem"/> says what is wrong with it and what is allowed.</summary>
    public static bool TryParse(string text, out long bytes, [NotNullWhen(false)] out string? problem)
    {
        bytes = 0;
        var split = 0;
        while (split < text.Length && char.IsAsciiDigit(text[split]))
        {
            split++;
        }

        var unit = Array.IndexOf(Units, text[split..]);
        if (unit < 0)
        {
            problem = $"Unknown bytes unit '{text[split..]}' in '{text}': expected a whole number with one of the units B, KB, MB, GB, TB, as in '10MB'";
            return false;
        }

        if (!long.TryParse(text.AsSpan(0, split), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue >> (10 * unit))
        {
            problem = $"Invalid size '{text}': expected a whole number below 8388608TB with one of the units B, KB, MB, GB, TB";
            return false;
        }

        bytes = number << (10 * unit);
        problem = null;
        return true;
    }

    /// <summary>In the largest unit that gives a whole number, as in <c>4KB</c>.</summary>
    public static string Print(long bytes)
    {
        var unit = 0;
        while (bytes != 0 && bytes % 1024 == 0 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + Units[unit];
    }
}
