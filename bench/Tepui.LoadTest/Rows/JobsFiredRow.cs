using System.Globalization;
using Tepui.LoadTest.Jobs;
using Tepui.LoadTest.Measuring;

namespace Tepui.LoadTest.Rows;

/// <summary>Many runs, on time.</summary>
internal sealed class JobsFiredRow() : Row("jobs-fired", "--tasks (5,000) runs per second of 20 times as many jobs, each every 20 s at a time of its own, on --agents (200) simulated agents, durable, for --runs times 10 s: runs per second and start skew (due time until the task comes to its agent). The first 20 s are not counted.")
{
    private const int RateDefault = 5000;
    private const int AgentsDefault = 200;
    private const int Period = 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var rate = settings.Tasks ?? RateDefault;
        var jobs = rate * Period;
        await using var pool = await JobsPool.StartAsync(settings, settings.Agents ?? AgentsDefault, cancel);
        var first = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(30 + (jobs / 1500));
        first = new(first.Ticks - (first.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        await pool.CreateAsync("iso8601", Enumerable.Range(0, jobs).Select(number => JobsPool.Scheduled(number, string.Create(CultureInfo.InvariantCulture, $"R/{first.AddSeconds((double)number / rate):yyyy-MM-ddTHH:mm:ss.fffZ}/PT{Period}S"))), inOrder: false, cancel);
        if (DateTimeOffset.UtcNow > first)
        {
            throw new LoadTestException("The jobs were not made in time");
        }

        var from = first + TimeSpan.FromSeconds(Period);
        var rates = new List<double>();
        var (middle, late, latest) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < settings.Runs; run++, from += Window + Window)
        {
            await WaitAsync(from, cancel);
            var used = pool.Pool.ProcessorTimes();
            await WaitAsync(from + Window, cancel);
            var after = pool.Pool.ProcessorTimes();
            await WaitAsync(from + Window + TimeSpan.FromSeconds(2), cancel);
            var seen = pool.Starts.Where(start => start.Due >= from && start.Due < from + Window).ToList();
            var expected = rate * Window.TotalSeconds;
            if (seen.Count != expected)
            {
                throw new LoadTestException(string.Create(CultureInfo.InvariantCulture, $"{seen.Count} runs were due and started in the window from {from:HH:mm:ss}, {expected} should have been"));
            }

            var skew = new Series(seen.Select(start => (start.At - start.Due).TotalMilliseconds));
            rates.Add(seen.Count(start => start.At >= from && start.At < from + Window) / Window.TotalSeconds);
            middle.Add(skew.Percentile(0.5));
            late.Add(skew.Percentile(0.99));
            latest.Add(skew.Max);
            Report.PrintProcessorTime(after.Zip(used, (now, before) => (now.Who, now.Time - before.Time)), seen.Count, "run");
        }

        var what = $"{jobs:N0} jobs, {settings.Agents ?? AgentsDefault:N0} simulated agents, durable";
        Report.Print($"runs started per second, {what}", "runs/s", rates, "at least 5,000");
        Report.Print($"start skew p50 at {rate:N0} runs/s, {what}", "ms", middle, "-");
        Report.Print($"start skew p99 at {rate:N0} runs/s, {what}", "ms", late, "at most 50");
        Report.Print($"start skew, largest, at {rate:N0} runs/s, {what}", "ms", latest, "-");
    }

    private static Task WaitAsync(DateTimeOffset until, CancellationToken cancel) => until - DateTimeOffset.UtcNow is { } left && left > TimeSpan.Zero ? Task.Delay(left, cancel) : Task.CompletedTask;
}
