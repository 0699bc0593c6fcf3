using Google.Protobuf;

namespace Tepui.Protocol.Json.Fields;

internal readonly struct BoolScalar : IScalar<bool>
{
    public static void Write(ref JsonSink sink, bool value) => sink.Value(value);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out bool value)
    {
        value = first == 't';
        switch (first)
        {
            case (byte)'t': return scanner.Word("true"u8);
            case (byte)'f': return scanner.Word("false"u8);
            case (byte)'"': return ReadText(ref scanner, field, out value);
            default: return field.Unexpected(ref scanner, first);
        }
    }

    private static bool ReadText(ref JsonScanner scanner, FieldPlan field, out bool value)
    {
        value = false;
        if (!scanner.TryString(out string? text))
        {
            return false;
        }

        value = text == "true";
        return value || text == "false" || scanner.Refuse($"Failed to parse '{text}' as a JSON boolean for field '{field.Field.Name}'");
    }
}

internal readonly struct StringScalar : IScalar<string>
{
    public static void Write(ref JsonSink sink, string value) => sink.Value(value);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out string value)
    {
        value = "";
        if (first != '"')
        {
            return field.Unexpected(ref scanner, first);
        }

        if (!scanner.TryString(out string? text))
        {
            return false;
        }

        value = text;
        return true;
    }
}

internal readonly struct DoubleScalar : IScalar<double>
{
    public static void Write(ref JsonSink sink, double value) => sink.Value(value);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out double value) =>
        Numbers.TryReadDouble(ref scanner, field, first, out value);
}

internal readonly struct FloatScalar : IScalar<float>
{
    public static void Write(ref JsonSink sink, float value) => sink.Value(value);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out float value)
    {
        var read = Numbers.TryReadDouble(ref scanner, field, first, out var wide);
        value = (float)wide;
        return read;
    }
}

internal readonly struct Int32Scalar : IScalar<int>
{
    public static void Write(ref JsonSink sink, int value) => sink.Value((long)value);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out int value)
    {
        var read = Numbers.TryReadInteger(ref scanner, field, first, int.MinValue, int.MaxValue, out var wide);
        value = (int)wide;
        return read;
    }
}

internal readonly struct Int64Scalar : IScalar<long>
{
    public static void Write(ref JsonSink sink, long value) => sink.Value(value);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out long value)
    {
        var read = Numbers.TryReadInteger(ref scanner, field, first, long.MinValue, long.MaxValue, out var wide);
        value = (long)wide;
        return read;
    }
}

internal readonly struct UInt32Scalar : IScalar<uint>
{
    public static void Write(ref JsonSink sink, uint value) => sink.Value((ulong)value);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out uint value)
    {
        var read = Numbers.TryReadInteger(ref scanner, field, first, uint.MinValue, uint.MaxValue, out var wide);
        value = (uint)wide;
        return read;
    }
}

internal readonly struct UInt64Scalar : IScalar<ulong>
{
    public static void Write(ref JsonSink sink, ulong value) => sink.Value(value);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out ulong value)
    {
        var read = Numbers.TryReadInteger(ref scanner, field, first, ulong.MinValue, ulong.MaxValue, out var wide);
        value = (ulong)wide;
        return read;
    }
}

internal readonly struct BytesScalar : IScalar<ByteString>
{
    public static void Write(ref JsonSink sink, ByteString value) => sink.Base64(value.Span);

    public static bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out ByteString value)
    {
        value = ByteString.Empty;
        if (first != '"')
        {
            return field.Unexpected(ref scanner, first);
        }

        if (!scanner.TryString(out ReadOnlySpan<byte> text))
        {
            return false;
        }

        return Base64Text.TryDecode(text, out value, out var stray)
            || scanner.Refuse($"Failed to base64 decode bytes field '{field.Field.Name}': Invalid character '{stray}'");
    }
}
