using System.Globalization;
using System.Text;

namespace Tepui.LoadTest.Measuring;

/// <summary>Prints figures for people, and as rows of a Markdown table.</summary>
internal static class Report
{
    /// <summary>Prints one figure: its runs, and a Markdown row of what, minimum, median, maximum, unit, target and conditions.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="unit">Of the values.</param>
    /// <param name="values">One for each run, in order.</param>
    /// <param name="target">What is wanted, as in <c>at least 1,000</c>.</param>
    public static void Print(string what, string unit, IReadOnlyList<double> values, string target)
    {
        var series = new Series(values);
        Console.WriteLine($"{what}: median {Text(series.Median)} {unit} (min {Text(series.Min)}, max {Text(series.Max)}; runs: {string.Join(", ", values.Select(Text))})");
        Console.WriteLine($"| {what} | {Text(series.Min)} | {Text(series.Median)} | {Text(series.Max)} | {unit} | {target} | {Conditions.Now()} |");
    }

    /// <summary>A value with three significant digits or all before the point.</summary>
    public static string Text(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>Prints processor time by process, for one piece of work.</summary>
    public static void PrintProcessorTime(IEnumerable<(string Who, TimeSpan Time)> used, int pieces, string piece)
    {
        var text = new StringBuilder("  processor time per ").Append(piece).Append(':');
        foreach (var (who, time) in used)
        {
            text.Append(CultureInfo.InvariantCulture, $" {who} {Text(time.TotalMicroseconds / pieces)} µs;");
        }

        Console.WriteLine(text.ToString().TrimEnd(';'));
    }
}
