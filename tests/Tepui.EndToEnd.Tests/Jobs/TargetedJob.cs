using System.Globalization;

namespace Tepui.EndToEnd.Tests.Jobs;

/// <summary>A run as it wrote itself down.</summary>
internal sealed record TargetedRun(DateTimeOffset FirstDue, DateTimeOffset Due, DateTimeOffset Began)
{
    public static TargetedRun Read(string line)
    {
        var parts = line.Split(' ');
        return new(Time(parts[0]), Time(parts[1]), DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(double.Parse(parts[2], CultureInfo.InvariantCulture)));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}

/// <summary>A job with known targets: start, start + interval, and so on.</summary>
internal sealed record TargetedJob(string Name, DateTimeOffset Start, TimeSpan Interval, TimeSpan Epsilon, string CatchUp, string Delivery)
{
    /// <summary>What is wrong with its runs, or <see langword="null"/>.</summary>
    /// <param name="runs">All of them, by when they began.</param>
    /// <param name="healthyFrom">From then on epsilon holds.</param>
    /// <param name="now">When the runs were read.</param>
    public string? Problem(List<TargetedRun> runs, DateTimeOffset healthyFrom, DateTimeOffset now)
    {
        var due = runs.OrderBy(static run => run.FirstDue).ToList();
        for (var i = 1; i < due.Count; i++)
        {
            if (due[i].FirstDue <= due[i - 1].Due)
            {
                return Text($"two runs stand for {due[i].FirstDue:HH:mm:ss}", runs);
            }
        }

        for (var target = Start; target + Epsilon < now; target += Interval)
        {
            var run = runs.Find(one => one.FirstDue <= target && target <= one.Due);
            if (run is null)
            {
                // At most once: a launch whose fate nobody knows is not repeated. That happens under faults alone.
                if (Delivery == "atMostOnce" && target < healthyFrom)
                {
                    continue;
                }

                return Text($"no run for the target {target:HH:mm:ss}", runs);
            }

            if (run.Began < target || (target >= healthyFrom && run.Began > target + Epsilon))
            {
                return Text($"the run for {target:HH:mm:ss} began at {run.Began:HH:mm:ss.fff}, epsilon is {Epsilon.TotalSeconds} s", runs);
            }

            if (CatchUp == "all" && run.FirstDue != run.Due)
            {
                return Text($"the run for {target:HH:mm:ss} stands for more", runs);
            }
        }

        return null;
    }

    private string Text(string problem, List<TargetedRun> runs) =>
        $"{this}: {problem}\n  {string.Join("\n  ", runs.Select(static run => $"{run.FirstDue:HH:mm:ss}..{run.Due:HH:mm:ss} began {run.Began:HH:mm:ss.fff}"))}";
}
