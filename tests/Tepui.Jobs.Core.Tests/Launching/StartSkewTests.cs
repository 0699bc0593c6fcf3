using System.Globalization;
using Tepui.Jobs.Core.Tests.Building;

namespace Tepui.Jobs.Core.Tests.Launching;

/// <summary>Start skew, due time to accept, against a master that needs its time (see <see cref="Pool"/>).</summary>
public sealed class StartSkewTests
{
    private const int AcceptsMost = 2000;
    private static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(1, 300)]
    [InlineData(50, 300)]
    [InlineData(1000, 300)]
    [InlineData(1000, 1000)]
    public void Runs_ThousandPerSecond_StartOnTime(int moments, int agents)
    {
        const int perSecond = 1000;
        var pool = new Pool { Checks = false };
        for (var i = 0; i < agents; i++)
        {
            pool.Add(An.Offer($"host{i}"));
        }

        pool.Subscribe();
        for (var i = 0; i < perSecond; i++)
        {
            var start = A.Start.AddSeconds(3).AddMilliseconds(i % moments * (1000 / moments)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture);
            pool.Put(A.Job($"job{i}", $"R5/{start}/PT1S"));
        }

        pool.Pass(TimeSpan.FromSeconds(12));

        var skews = pool.Core.State.Runs.Jobs.SelectMany(job => pool.Core.State.Runs.Of(job)).Select(run => run.Last!.LaunchedAt - run.Cause.Due).Order().ToList();
        Assert.Equal(5 * perSecond, skews.Count);
        Assert.InRange(skews[skews.Count * 99 / 100], TimeSpan.Zero, Goal);
        Assert.Equal(0, pool.Outstanding);
        Assert.InRange(pool.Calls.Count(call => call.Effect is JobsEffect.Accept), 1, AcceptsMost);
    }
}
