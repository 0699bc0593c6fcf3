using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tepui.Protocol.Json;

/// <summary>
/// Puts JSON text straight into the spans of a buffer writer. Knows commas, escapes and number formats, and
/// trusts its caller for the rest. <see cref="Complete"/> hands over what is written.
/// </summary>
internal ref struct JsonSink
{
    private const int ChunkSize = 4096;
    private const int MaxChunkChars = 1024;

    // Characters that stand for themselves inside a string and take one byte.
    private static readonly SearchValues<char> Plain = SearchValues.Create(PlainCharacters());

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _span;
    private int _used;
    private bool _needsComma;

    public JsonSink(IBufferWriter<byte> output, JsonWriteOptions? options)
    {
        _output = output;
        Options = options;
        _span = [];
        _used = 0;
        _needsComma = false;
    }

    public JsonWriteOptions? Options { get; }

    public void Complete()
    {
        _output.Advance(_used);
        _span = [];
        _used = 0;
    }

    public void Open(byte bracket)
    {
        Byte(bracket);
        _needsComma = false;
    }

    public void Close(byte bracket)
    {
        Byte(bracket);
        _needsComma = true;
    }

    /// <summary>A key. <paramref name="token"/> is <c>,"name":</c>; the comma is dropped for the first member.</summary>
    public void Name(byte[] token)
    {
        Bytes(_needsComma ? token : token.AsSpan(1));
        _needsComma = false;
    }

    /// <summary>A key that is not known beforehand.</summary>
    public void Name(string key)
    {
        Separate();
        String(key);
        Byte((byte)':');
        _needsComma = false;
    }

    /// <summary>Comes before each element of an array.</summary>
    public void Separate()
    {
        if (_needsComma)
        {
            Byte((byte)',');
        }

        _needsComma = true;
    }

    public void Value(bool value) => Ended(value ? "true"u8 : "false"u8);

    public void Value(long value)
    {
        var span = Reserve(20);
        Utf8Formatter.TryFormat(value, span, out var written);
        _used += written;
        _needsComma = true;
    }

    public void Value(ulong value)
    {
        var span = Reserve(20);
        Utf8Formatter.TryFormat(value, span, out var written);
        _used += written;
        _needsComma = true;
    }

    /// <summary>The shortest text that reads back the same, always with a point. Infinities and NaN are bare words, which is not legal JSON but what clients of this API know.</summary>
    public void Value(double value)
    {
        if (double.IsFinite(value))
        {
            var span = Reserve(40);
            value.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
            _used += PutPoint(span, written);
            _needsComma = true;
            return;
        }

        Ended(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
    }

    public void Value(float value)
    {
        if (float.IsFinite(value))
        {
            var span = Reserve(40);
            value.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
            _used += PutPoint(span, written);
            _needsComma = true;
            return;
        }

        Value((double)value);
    }

    public void Value(string value)
    {
        String(value);
        _needsComma = true;
    }

    public void Base64(ReadOnlySpan<byte> data)
    {
        Byte((byte)'"');
        const int step = 3 * 1024;
        while (data.Length > 0)
        {
            var part = data[..Math.Min(step, data.Length)];
            data = data[part.Length..];
            var span = Reserve(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(part.Length));
            System.Buffers.Text.Base64.EncodeToUtf8(part, span, out _, out var written, isFinalBlock: data.IsEmpty);
            _used += written;
        }

        Byte((byte)'"');
        _needsComma = true;
    }

    /// <summary>Text that is a whole JSON value already.</summary>
    public void Ended(ReadOnlySpan<byte> raw)
    {
        Bytes(raw);
        _needsComma = true;
    }

    // "5" becomes "5.0" and "1E+20" becomes "1.0E+20"; anything with a point stays.
    private static int PutPoint(Span<byte> text, int length)
    {
        var digits = text[..length];
        var mark = digits.IndexOfAny((byte)'.', (byte)'E');
        if (mark >= 0 && digits[mark] == '.')
        {
            return length;
        }

        var at = mark < 0 ? length : mark;
        text[at..length].CopyTo(text[(at + 2)..]);
        text[at] = (byte)'.';
        text[at + 1] = (byte)'0';
        return length + 2;
    }

    private void String(string value)
    {
        Byte((byte)'"');
        var rest = value.AsSpan();
        while (true)
        {
            var plain = rest.IndexOfAnyExcept(Plain);
            Ascii(plain < 0 ? rest : rest[..plain]);
            if (plain < 0)
            {
                break;
            }

            rest = rest[plain..];
            if (rest[0] < 0x80)
            {
                Escape(rest[0]);
                rest = rest[1..];
                continue;
            }

            var other = rest.IndexOfAnyInRange('\0', '\x7f');
            other = other < 0 ? rest.Length : other;
            Unicode(rest[..other]);
            rest = rest[other..];
        }

        Byte((byte)'"');
    }

    private void Ascii(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var part = text[..Math.Min(text.Length, MaxChunkChars)];
            System.Text.Ascii.FromUtf16(part, Reserve(part.Length), out var written);
            _used += written;
            text = text[part.Length..];
        }
    }

    private void Unicode(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var count = Math.Min(text.Length, MaxChunkChars);
            if (count < text.Length && char.IsHighSurrogate(text[count - 1]))
            {
                count--;
            }

            // Two statements: reserving room resets the count of used bytes.
            var span = Reserve(count * 3);
            _used += Encoding.UTF8.GetBytes(text[..count], span);
            text = text[count..];
        }
    }

    private void Escape(char c)
    {
        var span = Reserve(6);
        span[0] = (byte)'\\';
        var letter = c switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', '\b' => 'b', '\f' => 'f', _ => 'u' };
        span[1] = (byte)letter;
        if (letter != 'u')
        {
            _used += 2;
            return;
        }

        "00"u8.CopyTo(span[2..]);
        Utf8Formatter.TryFormat((byte)c, span[4..], out _, new StandardFormat('x', 2));
        _used += 6;
    }

    private void Byte(byte value)
    {
        Reserve(1)[0] = value;
        _used++;
    }

    private void Bytes(ReadOnlySpan<byte> raw)
    {
        raw.CopyTo(Reserve(raw.Length));
        _used += raw.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (_span.Length - _used < count)
        {
            More(count);
        }

        return _span[_used..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void More(int count)
    {
        _output.Advance(_used);
        _used = 0;
        _span = _output.GetSpan(Math.Max(count, ChunkSize));
    }

    private static ReadOnlySpan<char> PlainCharacters() =>
        string.Concat(Enumerable.Range(0x20, 0x60).Select(c => (char)c).Where(c => c is not ('"' or '\\')));
}
