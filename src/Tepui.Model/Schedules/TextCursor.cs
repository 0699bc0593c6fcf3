namespace Tepui.Model.Schedules;

/// <summary>Reads a text from left to right.</summary>
internal sealed class TextCursor(string text, int at, int end)
{
    /// <summary>Next character.</summary>
    public int At { get; private set; } = at;

    /// <summary>Nothing is left.</summary>
    public bool IsAtEnd => At >= end;

    /// <summary>What is left, for messages.</summary>
    public string Rest => Shorten(text[At..end]);

    /// <summary>Takes a character, whatever its case, if it comes next.</summary>
    public bool Take(char upper)
    {
        var takes = At < end && char.ToUpperInvariant(text[At]) == upper;
        At += takes ? 1 : 0;
        return takes;
    }

    /// <summary>Takes a sign, <c>+</c> or <c>-</c>, if one comes next.</summary>
    /// <returns>1, -1, or 0 if there was none.</returns>
    public int TakeSign() => Take('+') ? 1 : Take('-') ? -1 : 0;

    /// <summary>Takes digits.</summary>
    /// <returns>Their value, at most <see cref="long.MaxValue"/>, and how many there were.</returns>
    public (long Value, int Count) TakeDigits(int most = int.MaxValue)
    {
        var value = 0L;
        var from = At;
        while (At < end && At - from < most && char.IsAsciiDigit(text[At]))
        {
            var digit = text[At++] - '0';
            value = value > (long.MaxValue - digit) / 10 ? long.MaxValue : (value * 10) + digit;
        }

        return (value, At - from);
    }

    /// <summary>How many digits come next.</summary>
    public int CountDigits()
    {
        var next = At;
        while (next < end && char.IsAsciiDigit(text[next]))
        {
            next++;
        }

        return next - At;
    }

    /// <summary>Takes a decimal fraction, if one comes next: <c>.</c> or <c>,</c> and digits.</summary>
    /// <param name="unitTicks">What it is a fraction of.</param>
    /// <returns>Whole milliseconds of it, in ticks; -1 if digits are missing.</returns>
    public long TakeFraction(long unitTicks)
    {
        if (!Take('.') && !Take(','))
        {
            return 0;
        }

        var (value, count) = TakeDigits(9);
        TakeDigits();
        var ticks = (Int128)value * unitTicks / (long)Math.Pow(10, count);
        return count == 0 ? -1 : (long)ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond;
    }

    /// <summary>Cuts what is too long for a message.</summary>
    public static string Shorten(string text) => text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[59]) ? 59 : 60)] + "…";
}
