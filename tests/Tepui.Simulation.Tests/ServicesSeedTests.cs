using Tepui.Testing.Simulation;

namespace Tepui.Simulation.Tests;

/// <summary>Pools with the services scheduler, its clients and faults drawn from seeds: deployments keep their bounds at every step, and after the heal what was asked for runs.</summary>
public sealed class ServicesSeedTests
{
    /// <inheritdoc cref="SeedTests.Cases()"/>
    public static TheoryData<int, int> Cases() => SeedTests.Cases();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Services_AnyFaults_RunWhatWasAskedFor(int first, int last)
    {
        var (accepted, launched) = (0, 0);
        for (var seed = first; seed <= last; seed++)
        {
            var cluster = SimulatedCluster.FromSeed(seed, static drawn => WithServices(drawn));
            Play(cluster);
            accepted += cluster.Accepted;
            launched += cluster.Launched;
        }

        Assert.True(accepted > 0 || first == last, "no request was carried out");
        Assert.True(launched > 0 || first == last, "no task was launched");
    }

    [Theory]
    [InlineData(2001)]
    [InlineData(2002)]
    public void Services_WithoutFaults_RunWhatWasAskedFor(int seed)
    {
        var cluster = SimulatedCluster.FromSeed(seed, static drawn => WithServices(drawn) with { Faults = false });

        Play(cluster);

        Assert.True(cluster.Accepted > 5, $"only {cluster.Accepted} requests were carried out");
    }

    [Fact]
    public void Seed_PlayedTwice_GivesTheSameTrace()
    {
        var first = SimulatedCluster.FromSeed(7, static drawn => WithServices(drawn));
        var second = SimulatedCluster.FromSeed(7, static drawn => WithServices(drawn));
        Play(first);
        Play(second);

        Assert.Equal(first.TraceHash, second.TraceHash);
    }

    // The other framework may forget offers: without a time limit it would keep them from everybody for ever.
    private static SimulationSettings WithServices(SimulationSettings drawn) =>
        drawn with { Services = true, Frameworks = 1, OfferTimeout = drawn.OfferTimeout ?? TimeSpan.FromSeconds(60) };

    private static void Play(SimulatedCluster cluster)
    {
        cluster.Run(TimeSpan.FromMinutes(4));
        cluster.Heal();
        cluster.Converge(TimeSpan.FromMinutes(60));
    }
}
