using System.Globalization;
using System.Text;

namespace Tepui.Web.Charts;

/// <summary>Turns values over time into the points of a drawing 1000 wide and 100 high, highest value on top. All static, no drawing.</summary>
public static class ChartGeometry
{
    /// <summary>Width of the drawing.</summary>
    public const double Width = 1000;

    /// <summary>Height of the drawing.</summary>
    public const double Height = 100;

    /// <summary>The smallest of 1, 2, 2.5 or 5 times a power of ten that is at least <paramref name="value"/>; 1 for nothing.</summary>
    public static double NiceTop(double value)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in (ReadOnlySpan<double>)[1, 2, 2.5, 5, 10])
        {
            if (step * power >= value * 0.999999)
            {
                return step * power;
            }
        }

        return 10 * power;
    }

    /// <summary><see cref="NiceTop"/> for bytes: steps of powers of two.</summary>
    public static double NiceTopBytes(double bytes) => bytes <= 1 ? 1 : Math.Pow(2, Math.Ceiling(Math.Log2(bytes) - 1e-9));

    /// <summary>The path of a line, with a gap where a value is not a number.</summary>
    /// <param name="times">Position of each value in time.</param>
    /// <param name="values">The values.</param>
    /// <param name="from">Time at the left edge.</param>
    /// <param name="to">Time at the right edge.</param>
    /// <param name="top">Value at the upper edge; higher ones are cut.</param>
    public static string Line(IReadOnlyList<DateTimeOffset> times, IReadOnlyList<double> values, DateTimeOffset from, DateTimeOffset to, double top)
    {
        var path = new StringBuilder();
        var open = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                open = false;
                continue;
            }

            Append(path, open ? 'L' : 'M', X(times[i], from, to), Y(values[i], top));
            open = true;
        }

        return path.ToString();
    }

    /// <summary>The path of the area between two rows of values, such as two layers of a stack.</summary>
    public static string Band(IReadOnlyList<DateTimeOffset> times, IReadOnlyList<double> lower, IReadOnlyList<double> upper, DateTimeOffset from, DateTimeOffset to, double top)
    {
        if (upper.Count == 0)
        {
            return "";
        }

        var path = new StringBuilder();
        for (var i = 0; i < upper.Count; i++)
        {
            Append(path, i == 0 ? 'M' : 'L', X(times[i], from, to), Y(upper[i], top));
        }

        for (var i = upper.Count - 1; i >= 0; i--)
        {
            Append(path, 'L', X(times[i], from, to), Y(lower[i], top));
        }

        return path.Append('Z').ToString();
    }

    /// <summary>At most <paramref name="count"/> indices of <paramref name="length"/> values, evenly spread, the last one included.</summary>
    public static int[] Thin(int length, int count)
    {
        if (length <= count)
        {
            return [.. Enumerable.Range(0, length)];
        }

        var step = (double)(length - 1) / (count - 1);
        return [.. Enumerable.Range(0, count).Select(i => (int)Math.Round(i * step)).Distinct()];
    }

    private static double X(DateTimeOffset at, DateTimeOffset from, DateTimeOffset to) => to > from ? Width * ((at - from) / (to - from)) : 0;

    private static double Y(double value, double top) => Height - (Height * Math.Clamp(value / top, 0, 1));

    private static void Append(StringBuilder path, char command, double x, double y) =>
        path.Append(command).Append(x.ToString("0.#", CultureInfo.InvariantCulture)).Append(' ').Append(y.ToString("0.##", CultureInfo.InvariantCulture));
}
