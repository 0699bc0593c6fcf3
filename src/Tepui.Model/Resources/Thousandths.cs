using System.Globalization;

namespace Tepui.Model.Resources;

/// <summary>Fixed point: an amount is a whole number of thousandths in a <see cref="long"/>, so that sums are exact.</summary>
public static class Thousandths
{
    /// <summary>One unit (one CPU, one megabyte, one port).</summary>
    public const long One = 1000;

    /// <summary>Largest amount of one item: 2^40 units. Sums of thousands of those fit.</summary>
    public const long Max = (1L << 40) * One;

    /// <summary>The nearest whole number of thousandths, halves away from zero; out of range values stop at the limits, not-a-number is zero.</summary>
    public static long FromDouble(double value)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        var scaled = Math.Round(value * One, MidpointRounding.AwayFromZero);
        return scaled >= Max ? Max : scaled <= -Max ? -Max : (long)scaled;
    }

    /// <summary>The double nearest to the amount, which prints in its shortest form as the amount.</summary>
    public static double ToDouble(long thousandths) => thousandths / (double)One;

    /// <summary>Decimal text without trailing zeros, as in <c>0.1</c> or <c>8192</c>.</summary>
    public static string Print(long thousandths)
    {
        var rest = Math.Abs(thousandths % One);
        var whole = Math.Abs(thousandths / One).ToString(CultureInfo.InvariantCulture);
        var sign = thousandths < 0 ? "-" : "";
        return rest == 0
            ? sign + whole
            : sign + whole + "." + rest.ToString("D3", CultureInfo.InvariantCulture).TrimEnd('0');
    }
}
