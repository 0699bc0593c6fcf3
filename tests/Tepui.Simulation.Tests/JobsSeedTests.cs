using Tepui.Testing.Simulation;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Simulation.Tests;

/// <summary>Pools with the jobs scheduler under faults drawn from seeds: no launch too much at any step, and after the heal every target has had its own run.</summary>
public sealed class JobsSeedTests
{
    /// <summary>As for pools; <c>TEPUI_TEST_JOB_SEEDS</c> says how many.</summary>
    public static TheoryData<int, int> Cases() => SeedTests.Cases("TEPUI_TEST_JOB_SEEDS");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Jobs_AnyFaults_MeetEveryTargetOnce(int first, int last)
    {
        var executed = 0;
        for (var seed = first; seed <= last; seed++)
        {
            var cluster = SimulatedCluster.FromSeed(seed, static drawn => WithJobs(drawn));
            Play(cluster);
            executed += cluster.Executed;
        }

        Assert.True(executed > 100 || first == last, $"only {executed} runs were executed");
    }

    [Theory]
    [InlineData(3001)]
    [InlineData(3002)]
    public void Jobs_WithoutFaults_MeetEveryTargetOnce(int seed)
    {
        var cluster = SimulatedCluster.FromSeed(seed, static drawn => WithJobs(drawn) with { Faults = false });

        Play(cluster);

        Assert.True(cluster.Executed > 50, $"only {cluster.Executed} runs were executed");
    }

    [Fact]
    public void Seed_PlayedTwice_GivesTheSameTrace()
    {
        var first = SimulatedCluster.FromSeed(7, static drawn => WithJobs(drawn));
        var second = SimulatedCluster.FromSeed(7, static drawn => WithJobs(drawn));
        Play(first);
        Play(second);

        Assert.Equal(first.TraceHash, second.TraceHash);
    }

    // The other framework may forget offers: without a time limit it would keep them from everybody for ever.
    private static SimulationSettings WithJobs(SimulationSettings drawn) =>
        drawn with { Jobs = new JobWork(), Frameworks = drawn.Frameworks % 2, OfferTimeout = drawn.OfferTimeout ?? TimeSpan.FromSeconds(60) };

    private static void Play(SimulatedCluster cluster)
    {
        cluster.Run(TimeSpan.FromMinutes(4));
        cluster.Heal();
        cluster.Run(TimeSpan.FromMinutes(13));
        cluster.CheckJobs();
        cluster.EndJobs();
        cluster.Converge(TimeSpan.FromMinutes(60));
    }
}
