using Tepui.Web.Charts;
using Tepui.Web.Client;
using Tepui.Web.History;

namespace Tepui.Web.Pages.Dashboard;

/// <summary>What the dashboard shows.</summary>
public sealed record DashboardModel
{
    private const int MaxPoints = 400;
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    /// <summary>The lengths of time to choose from, in minutes.</summary>
    public static IReadOnlyList<int> Windows { get; } = [5, 30, 120];

    /// <summary>Chosen length of time, minutes.</summary>
    public required int Minutes { get; init; }

    /// <summary>Agents registered, and those of them that are active.</summary>
    public required (int All, int Active) Agents { get; init; }

    /// <summary>Frameworks that have not ended, and those of them that are connected.</summary>
    public required (int All, int Connected) Frameworks { get; init; }

    /// <summary>Tasks running now; null before the first sample.</summary>
    public required double? Running { get; init; }

    /// <summary>Share of failures among the tasks that ended in the chosen time, 0 to 1; null when none ended.</summary>
    public required double? FailureShare { get; init; }

    /// <summary>CPU, memory, disk, tasks, ends of tasks and their failures over time.</summary>
    public required IReadOnlyList<ChartModel> Charts { get; init; }

    /// <summary>Builds it.</summary>
    /// <param name="samples">All of the chosen time, oldest first.</param>
    /// <param name="minutes">The chosen time.</param>
    /// <param name="now">The right edge of the graphs.</param>
    /// <param name="agents">Agents registered, and active.</param>
    /// <param name="frameworks">Frameworks, and connected.</param>
    public static DashboardModel Build(IReadOnlyList<Sample> samples, int minutes, DateTimeOffset now, (int All, int Active) agents, (int All, int Connected) frameworks)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var builder = new ChartBuilder(samples, now - TimeSpan.FromMinutes(minutes), now);
        return new DashboardModel
        {
            Minutes = minutes,
            Agents = agents,
            Frameworks = frameworks,
            Running = samples.Count == 0 ? null : samples[^1].Running,
            FailureShare = Rates.FailureShare(samples),
            Charts =
            [
                builder.Resource("CPU", "cores", amounts => amounts.Cpus, value => Show.Number(value), ChartGeometry.NiceTop),
                builder.Resource("Memory", "", amounts => amounts.MemoryBytes, Show.Bytes, ChartGeometry.NiceTopBytes),
                builder.Resource("Disk", "", amounts => amounts.DiskBytes, Show.Bytes, ChartGeometry.NiceTopBytes),
                builder.Tasks(),
                builder.Ends(RateWindow),
                builder.FailureShare(RateWindow),
            ],
        };
    }

    private sealed class ChartBuilder
    {
        private readonly IReadOnlyList<Sample> _all;
        private readonly int[] _points;
        private readonly List<DateTimeOffset> _times;
        private readonly DateTimeOffset _from;
        private readonly DateTimeOffset _to;

        public ChartBuilder(IReadOnlyList<Sample> samples, DateTimeOffset from, DateTimeOffset to)
        {
            _all = samples;
            _points = ChartGeometry.Thin(samples.Count, MaxPoints);
            _times = [.. _points.Select(i => samples[i].At)];
            _from = from;
            _to = to;
        }

        public ChartModel Resource(string title, string unit, Func<Amounts, double> kind, Func<double, string> format, Func<double, double> nice)
        {
            var total = Row(sample => kind(sample.Total));
            var allocated = Row(sample => kind(sample.Allocated));
            var used = Row(sample => kind(sample.Used));
            var top = nice(total.Concat(used).DefaultIfEmpty(0).Max());
            return new ChartModel
            {
                Title = title,
                Headline = total.Length == 0 ? "" : $"{format(allocated[^1])} of {format(total[^1])} {unit} allocated".Replace("  ", " ", StringComparison.Ordinal),
                Times = _times,
                From = _from,
                To = _to,
                Top = top,
                Format = format,
                Series =
                [
                    new Series("total", "muted", total) { Dashed = true },
                    new Series("allocated", "c2", allocated) { Filled = true },
                    new Series("used", "c1", used) { Filled = true },
                ],
            };
        }

        public ChartModel Tasks()
        {
            var running = Row(sample => sample.Running);
            var starting = Row(sample => sample.Starting);
            var unreachable = Row(sample => sample.Unreachable);
            var top = ChartGeometry.NiceTop(running.Zip(starting, (a, b) => a + b).Zip(unreachable, (a, b) => a + b).DefaultIfEmpty(0).Max());
            return new ChartModel
            {
                Title = "Tasks",
                Headline = running.Length == 0 ? "" : $"{Show.Count(running[^1])} running",
                Times = _times,
                From = _from,
                To = _to,
                Top = Math.Max(top, 4),
                Format = Show.Number,
                Stacked = true,
                Series = [new Series("running", "c1", running), new Series("starting", "c3", starting), new Series("unreachable", "bad", unreachable)],
            };
        }

        public ChartModel Ends(TimeSpan window)
        {
            var failed = Pick(Rates.FailuresPerMinute(_all, window));
            var finished = Pick(Rates.FinishedPerMinute(_all, window));
            return new ChartModel
            {
                Title = "Ended per minute",
                Headline = failed.Length == 0 ? "" : $"{Show.Rate(failed[^1])} failed a minute",
                Times = _times,
                From = _from,
                To = _to,
                Top = Math.Max(4, ChartGeometry.NiceTop(failed.Concat(finished).DefaultIfEmpty(0).Max())),
                Format = Show.Rate,
                Series = [new Series("finished", "c1", finished) { Filled = true }, new Series("failed", "bad", failed)],
            };
        }

        public ChartModel FailureShare(TimeSpan window)
        {
            var shares = Pick(Rates.FailureShares(_all, window));
            return new ChartModel
            {
                Title = "Failure rate",
                Headline = Rates.FailureShare(_all) is { } share ? $"{Show.Percent(share)} of all shown" : "nothing ended",
                Times = _times,
                From = _from,
                To = _to,
                Top = 1,
                Format = value => Show.Percent(value),
                Series = [new Series("failed of those ended, by minute", "bad", shares)],
            };
        }

        private double[] Row(Func<Sample, double> value) => [.. _points.Select(i => value(_all[i]))];

        private double[] Pick(double[] all) => [.. _points.Select(i => all[i])];
    }
}
