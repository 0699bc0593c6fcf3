namespace Tepui.Web.Charts;

/// <summary>One row of values of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Kind">Names its colour: c1 to c5, muted, good, bad.</param>
/// <param name="Values">One for each time of the chart.</param>
public sealed record Series(string Name, string Kind, IReadOnlyList<double> Values)
{
    /// <summary>Fill what is below the line.</summary>
    public bool Filled { get; init; }

    /// <summary>Dashes instead of a line: for limits.</summary>
    public bool Dashed { get; init; }
}

/// <summary>Everything a chart shows.</summary>
public sealed record ChartModel
{
    /// <summary>Above the chart.</summary>
    public required string Title { get; init; }

    /// <summary>The figure that matters now, beside the title.</summary>
    public string Headline { get; init; } = "";

    /// <summary>The time of each value.</summary>
    public required IReadOnlyList<DateTimeOffset> Times { get; init; }

    /// <summary>Rows from back to front; in a stack from bottom to top.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Time at the left edge.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Time at the right edge.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Value at the upper edge.</summary>
    public required double Top { get; init; }

    /// <summary>Writes a value with its unit.</summary>
    public required Func<double, string> Format { get; init; }

    /// <summary>Put the rows on top of each other.</summary>
    public bool Stacked { get; init; }

    /// <summary>The areas of a stack, bottom first.</summary>
    public IEnumerable<(Series Series, string Path)> Bands()
    {
        var below = new double[Times.Count];
        foreach (var series in Series)
        {
            var above = below.Zip(series.Values, (a, b) => a + b).ToArray();
            yield return (series, ChartGeometry.Band(Times, below, above, From, To, Top));
            below = above;
        }
    }

    /// <summary>The line of one row.</summary>
    public string Line(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return ChartGeometry.Line(Times, series.Values, From, To, Top);
    }

    /// <summary>The area below one row.</summary>
    public string Area(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return ChartGeometry.Band(Times, new double[Times.Count], series.Values, From, To, Top);
    }
}
