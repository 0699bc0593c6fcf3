using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tepui.Protocol.Json;

/// <summary>
/// Walks over JSON text. A method that gives false leaves the position at the offending byte (a syntax error), unless
/// <see cref="Refusal"/> says why the text, though it may be JSON, does not fit the message.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    /// <summary>How deep arrays and objects may nest. Reading recurses, so this bounds the stack.</summary>
    public const int MaxDepth = 1000;

    private static readonly SearchValues<byte> StringEnds = SearchValues.Create(Enumerable.Range(0, 0x20).Append('"').Append('\\').Select(c => (byte)c).ToArray());
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _depth;

    public int Position { get; private set; }

    /// <summary>Why the text does not fit; null as long as it does.</summary>
    public string? Refusal { get; private set; }

    /// <summary>An object was read that lacks a required member.</summary>
    public bool Incomplete { get; set; }

    /// <summary>How many messages are open.</summary>
    public int Messages { get; set; }

    public bool TooDeep { get; private set; }

    public readonly bool AtEnd => Position >= _text.Length;

    public readonly ReadOnlySpan<byte> Rest => _text[Position..];

    /// <summary>The next byte that is not white space, left in place; 0 at the end.</summary>
    public byte Peek()
    {
        var all = _text;
        var at = Position;
        while (at < all.Length && all[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        Position = at;
        return at < all.Length ? all[at] : (byte)0;
    }

    public bool TryTake(byte expected)
    {
        if (Peek() != expected || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Steps over an opening bracket, unless that nests too deep.</summary>
    public bool Enter()
    {
        if (++_depth > MaxDepth)
        {
            TooDeep = true;
            return false;
        }

        Position++;
        return true;
    }

    public void Leave() => _depth--;

    public bool Refuse(string why)
    {
        Refusal = why;
        return false;
    }

    public bool Word(ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (AtEnd || _text[Position] != word[i])
            {
                return false;
            }

            Position++;
        }

        return true;
    }

    /// <summary>Reads a key and the colon behind it.</summary>
    public bool Name(out ReadOnlySpan<byte> name) => TryString(out name) && TryTake((byte)':');

    public bool TryString([NotNullWhen(true)] out string? value)
    {
        if (!TryString(out ReadOnlySpan<byte> utf8))
        {
            value = null;
            return false;
        }

        value = Encoding.UTF8.GetString(utf8);
        return true;
    }

    /// <summary>Reads a string; without escapes in it the result lies in the text itself.</summary>
    public bool TryString(out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        var rest = Rest;
        var end = rest.IndexOfAny(StringEnds);
        if (end >= 0 && rest[end] == '"')
        {
            utf8 = rest[..end];
            Position += end + 1;
            return true;
        }

        var plain = new ArrayBufferWriter<byte>();
        if (!Unescape(plain))
        {
            return false;
        }

        utf8 = plain.WrittenSpan;
        return true;
    }

    /// <summary>Reads the characters of a number or of a bare Infinity or NaN.</summary>
    public bool Number(out ReadOnlySpan<byte> number)
    {
        var start = Position;
        number = default;
        var sign = !AtEnd && _text[Position] == '-' ? 1 : 0;
        var lead = Position + sign < _text.Length ? _text[Position + sign] : (byte)0;
        if (lead is (byte)'I' or (byte)'N')
        {
            Position += sign;
            if (!Word(lead == 'I' ? "Infinity"u8 : "NaN"u8))
            {
                return false;
            }

            number = _text[start..Position];
            return true;
        }

        if (!char.IsAsciiDigit((char)lead))
        {
            return false;
        }

        var rest = Rest;
        var end = rest.IndexOfAnyExcept(NumberBytes);
        number = end < 0 ? rest : rest[..end];
        Position += number.Length;
        return IsNumber(number[sign..]);
    }

    /// <summary>Steps over one value of any kind, checking that it is JSON. Needs no stack, however deep it is.</summary>
    public bool Skip()
    {
        // The open brackets: a bit each, set for an object.
        var objects = new List<bool>();
        while (true)
        {
            switch (Peek())
            {
                case (byte)'{':
                    if (!Enter())
                    {
                        return false;
                    }

                    objects.Add(true);
                    if (Peek() != '}')
                    {
                        if (!Name(out _))
                        {
                            return false;
                        }

                        continue;
                    }

                    break;
                case (byte)'[':
                    if (!Enter())
                    {
                        return false;
                    }

                    objects.Add(false);
                    if (Peek() != ']')
                    {
                        continue;
                    }

                    break;
                default:
                    if (!SkipScalar())
                    {
                        return false;
                    }

                    break;
            }

            // A value has ended, or a bracket was just opened and is closed again.
            while (objects.Count > 0 && TryTake(objects[^1] ? (byte)'}' : (byte)']'))
            {
                objects.RemoveAt(objects.Count - 1);
                Leave();
            }

            if (objects.Count == 0)
            {
                return true;
            }

            if (!TryTake((byte)',') || (objects[^1] && !Name(out _)))
            {
                return false;
            }
        }
    }

    private bool SkipScalar()
    {
        switch (Peek())
        {
            case (byte)'"': return TryString(out ReadOnlySpan<byte> _);
            case (byte)'t': return Word("true"u8);
            case (byte)'f': return Word("false"u8);
            case (byte)'n': return Word("null"u8);
            default: return Number(out _);
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> unsigned)
    {
        var rest = SkipDigits(unsigned);
        if (rest.Length > 0 && rest[0] == '.')
        {
            rest = SkipDigits(rest[1..]);
        }

        if (rest.Length > 0 && rest[0] is (byte)'e' or (byte)'E')
        {
            rest = rest[1..];
            rest = rest.Length > 0 && rest[0] is (byte)'+' or (byte)'-' ? rest[1..] : rest;
            return rest.Length > 0 && SkipDigits(rest).IsEmpty;
        }

        return rest.IsEmpty;
    }

    private static ReadOnlySpan<byte> SkipDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? [] : text[end..];
    }

    private bool Unescape(ArrayBufferWriter<byte> output)
    {
        while (true)
        {
            var rest = Rest;
            var end = rest.IndexOfAny(StringEnds);
            if (end < 0)
            {
                Position = _text.Length;
                return false;
            }

            output.Write(rest[..end]);
            Position += end;
            switch (_text[Position])
            {
                case (byte)'"':
                    Position++;
                    return true;
                case (byte)'\\':
                    Position++;
                    if (!Escape(output))
                    {
                        return false;
                    }

                    break;
                default:
                    return false;
            }
        }
    }

    private bool Escape(ArrayBufferWriter<byte> output)
    {
        if (AtEnd)
        {
            return false;
        }

        var letter = _text[Position];
        if (letter == 'u')
        {
            Position++;
            return UnicodeEscape(output);
        }

        var plain = letter switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => letter,
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => (byte)0,
        };
        if (plain == 0)
        {
            return false;
        }

        Position++;
        output.Write([plain]);
        return true;
    }

    private bool UnicodeEscape(ArrayBufferWriter<byte> output)
    {
        if (!Hex(out var first))
        {
            return false;
        }

        if (!char.IsSurrogate(first))
        {
            return Append(output, new Rune(first));
        }

        if (!char.IsHighSurrogate(first) || !Word("\\u"u8) || !Hex(out var second) || !Rune.TryCreate(first, second, out var rune))
        {
            return false;
        }

        return Append(output, rune);
    }

    private static bool Append(ArrayBufferWriter<byte> output, Rune rune)
    {
        output.Advance(rune.EncodeToUtf8(output.GetSpan(4)));
        return true;
    }

    private bool Hex(out char unit)
    {
        unit = '\0';
        for (var i = 0; i < 4; i++)
        {
            if (AtEnd || !char.IsAsciiHexDigit((char)_text[Position]))
            {
                return false;
            }

            unit = (char)((unit << 4) | Convert.ToInt32(((char)_text[Position]).ToString(), 16));
            Position++;
        }

        return true;
    }
}
