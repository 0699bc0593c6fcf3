using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Tepui.Protocol.Json.Fields;

/// <summary>Reads numbers, written as such or inside a string.</summary>
internal static class Numbers
{
    /// <summary>Reads an integer. A fraction is cut off; a number beyond the bounds is refused.</summary>
    public static bool TryReadInteger(ref JsonScanner scanner, FieldPlan field, byte first, Int128 min, Int128 max, out Int128 value)
    {
        value = 0;
        if (!TryRead(ref scanner, field, first, out var text))
        {
            return false;
        }

        if (Utf8Parser.TryParse(text, out long small, out var used) && used == text.Length)
        {
            value = small;
        }
        else if (Utf8Parser.TryParse(text, out ulong large, out used) && used == text.Length)
        {
            value = large;
        }
        else if (!TryParse(text, out var real))
        {
            return NotANumber(ref scanner, field, text);
        }
        else if (!double.IsFinite(real) || Math.Abs(real) > 1e20)
        {
            return OutOfRange(ref scanner, field, text, min, max);
        }
        else
        {
            value = (Int128)real;
        }

        return (value >= min && value <= max) || OutOfRange(ref scanner, field, text, min, max);
    }

    public static bool TryReadDouble(ref JsonScanner scanner, FieldPlan field, byte first, out double value)
    {
        value = 0;
        return TryRead(ref scanner, field, first, out var text)
            && (TryParse(text, out value) || NotANumber(ref scanner, field, text));
    }

    private static bool TryRead(ref JsonScanner scanner, FieldPlan field, byte first, out ReadOnlySpan<byte> text)
    {
        text = default;
        return first switch
        {
            (byte)'"' => scanner.TryString(out text),
            (byte)'{' or (byte)'t' or (byte)'f' => field.Unexpected(ref scanner, first),
            _ => scanner.Number(out text),
        };
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);

    private static bool NotANumber(ref JsonScanner scanner, FieldPlan field, scoped ReadOnlySpan<byte> text) =>
        scanner.Refuse($"Failed to parse '{Encoding.UTF8.GetString(text)}' as a JSON number for field '{field.Field.Name}'");

    private static bool OutOfRange(ref JsonScanner scanner, FieldPlan field, scoped ReadOnlySpan<byte> text, Int128 min, Int128 max) =>
        scanner.Refuse($"Number {Encoding.UTF8.GetString(text)} for field '{field.Field.Name}' is not between {min} and {max}");
}
