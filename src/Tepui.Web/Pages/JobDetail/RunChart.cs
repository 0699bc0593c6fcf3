using Tepui.Web.Charts;
using Tepui.Web.Jobs;

namespace Tepui.Web.Pages.JobDetail;

/// <summary>One bar: a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Percent">Its height, 0 to 100.</param>
/// <param name="Words">What is to be told of it, for people.</param>
public sealed record RunBar(JobRun Run, int Percent, string Words);

/// <summary>How long the last runs took, oldest first.</summary>
/// <param name="Bars">The bars.</param>
/// <param name="TopSeconds">Seconds at the upper edge.</param>
/// <param name="Summary">All of them in a sentence.</param>
public sealed record RunChart(IReadOnlyList<RunBar> Bars, double TopSeconds, string Summary)
{
    /// <summary>Most bars.</summary>
    public const int BarsMax = 60;

    /// <summary>Builds it.</summary>
    /// <param name="runs">Newest first; those that never ran are left out.</param>
    /// <param name="now">The time, for runs that go on.</param>
    public static RunChart Build(IReadOnlyList<JobRun> runs, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var shown = runs.Where(run => run.DurationAt(now) is not null).Take(BarsMax).Reverse().ToList();
        var top = ChartGeometry.NiceTop(shown.Select(run => Seconds(run, now)).DefaultIfEmpty(0).Max());
        return new RunChart([.. shown.Select(run => new RunBar(run, (int)Math.Ceiling(Math.Clamp(100 * Seconds(run, now) / top, 3, 100)), Words(run, now)))], top, Sum(shown, now));
    }

    /// <summary>A run in a few words: when it was due, how late it started, how long it took.</summary>
    public static string Words(JobRun run, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        var parts = new List<string> { $"Run {run.Number} {run.State}" };
        if (run.Due is { } due)
        {
            parts.Add($"due {Show.MomentInZone(due)}");
        }

        if (Skew(run) is { Length: > 0 } skew)
        {
            parts.Add(skew);
        }

        if (run.DurationAt(now) is { } took)
        {
            parts.Add($"{(run.IsOver ? "took" : "for")} {Show.Duration(took)}");
        }

        if (run.Attempts.Count > 1)
        {
            parts.Add($"{run.Attempts.Count} attempts");
        }

        return string.Join(" · ", parts);
    }

    /// <summary>When a run started, for its row: how long after its due time, or seen from now where that says nothing.</summary>
    public static string Started(JobRun run, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Skew(run) is { Length: > 0 } skew ? skew["started ".Length..].Replace(" after it was due", " after", StringComparison.Ordinal) : Show.Ago(run.StartedAt, now);
    }

    /// <summary>How long after its due time a run started; empty when it did not, and for a backfill, whose times are long past.</summary>
    public static string Skew(JobRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Cause == "backfill")
        {
            return "";
        }

        var seconds = run.LateSeconds ?? (run.StartedAt is { } started && run.Due is { } due ? (started - due).TotalSeconds : double.NaN);
        return double.IsNaN(seconds) || Math.Abs(seconds) > 1e9 ? "" : $"started {Show.Duration(TimeSpan.FromSeconds(Math.Max(0, seconds)))} after it was due";
    }

    private static string Sum(List<JobRun> runs, DateTimeOffset now)
    {
        var over = runs.Where(run => run.IsOver && run.DurationAt(now) is not null).Select(run => Seconds(run, now)).Order().ToList();
        var outcomes = string.Join(", ", runs.GroupBy(run => run.State).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"));
        return over.Count == 0 ? outcomes : $"{outcomes} · median {Show.Duration(TimeSpan.FromSeconds(over[over.Count / 2]))}, longest {Show.Duration(TimeSpan.FromSeconds(over[^1]))}";
    }

    private static double Seconds(JobRun run, DateTimeOffset now) => run.DurationAt(now)?.TotalSeconds ?? 0;
}
