using Tepui.Web.History;

namespace Tepui.Web.Tests;

public sealed class HistoryTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Ring_Full_ForgetsTheOldest()
    {
        var ring = new SampleRing(3);
        for (var i = 0; i < 5; i++)
        {
            ring.Add(At(i, failed: i));
        }

        Assert.Equal([2.0, 3, 4], ring.Since(Start).Select(sample => sample.Failed));
        Assert.Equal([4.0], ring.Since(Start.AddSeconds(4)).Select(sample => sample.Failed));
        Assert.Equal(4, ring.Latest!.Failed);
    }

    [Fact]
    public void FailureShare_AcrossARestartOfTheMaster_CountsFromZeroAgain()
    {
        Assert.Equal(0.5, Rates.FailureShare([At(0, failed: 10, finished: 10), At(1, failed: 11, finished: 10), At(2, failed: 0, finished: 1)]));
        Assert.Null(Rates.FailureShare([At(0, failed: 10, finished: 10), At(1, failed: 10, finished: 10)]));
        Assert.Null(Rates.FailureShare([]));
    }

    [Fact]
    public void FailuresPerMinute_SteadyFailures_IsTheirRate()
    {
        var samples = Enumerable.Range(0, 120).Select(i => At(i, failed: i)).ToList();

        var rates = Rates.FailuresPerMinute(samples, TimeSpan.FromMinutes(1));

        Assert.Equal(60, rates[^1], 3);
        Assert.All(rates, rate => Assert.InRange(rate, 0, 60.001));
    }

    [Fact]
    public void FailureShares_OverTime_LookBackOneWindow()
    {
        var samples = Enumerable.Range(0, 200).Select(i => At(i, failed: Math.Min(i, 100), finished: Math.Max(0, i - 100))).ToList();

        var shares = Rates.FailureShares(samples, TimeSpan.FromMinutes(1));

        Assert.Equal(double.NaN, shares[0]);
        Assert.Equal(1, shares[100], 6);
        Assert.Equal(0.5, shares[130], 6);
        Assert.Equal(0, shares[199], 6);
    }

    [Fact]
    public void Sample_FromMetrics_AddsUpWhatBelongsTogether()
    {
        var sample = Sample.From(
            new Dictionary<string, double>
            {
                ["master/mem_total"] = 2, ["master/tasks_staging"] = 1, ["master/tasks_starting"] = 2, ["master/tasks_failed"] = 3, ["master/tasks_lost"] = 4, ["tepui/usage/cpus"] = 0.5,
            },
            Start);

        Assert.Equal(2 * 1024 * 1024, sample.Total.MemoryBytes);
        Assert.Equal(3, sample.Starting);
        Assert.Equal(7, sample.Failed);
        Assert.Equal(0.5, sample.Used.Cpus);
    }

    private static Sample At(int seconds, double failed = 0, double finished = 0) => new()
    {
        At = Start.AddSeconds(seconds), Total = default, Allocated = default, Used = default, Starting = 0, Running = 0, Unreachable = 0, Finished = finished, Killed = 0, Failed = failed,
    };
}
