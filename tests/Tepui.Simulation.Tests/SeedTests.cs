using System.Globalization;
using Tepui.Testing.Simulation;

namespace Tepui.Simulation.Tests;

/// <summary>Whole pools under faults drawn from seeds: promises hold at every step, and after the heal everything comes to rest.</summary>
public sealed class SeedTests
{
    private const int PerCase = 10;

    /// <summary>First and last seeds of the cases: 200 seeds, as many as <c>TEPUI_TEST_SEEDS</c> says, or the one that <c>TEPUI_TEST_SEED</c> says.</summary>
    public static TheoryData<int, int> Cases() => Cases("TEPUI_TEST_SEEDS");

    /// <summary>The cases, with as many seeds as another variable says.</summary>
    internal static TheoryData<int, int> Cases(string variable)
    {
        var cases = new TheoryData<int, int>();
        if (Number("TEPUI_TEST_SEED") is { } only)
        {
            cases.Add(only, only);
            return cases;
        }

        var seeds = Number(variable) ?? 200;
        for (var first = 1; first <= seeds; first += PerCase)
        {
            cases.Add(first, Math.Min(first + PerCase - 1, seeds));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pool_AnyFaults_StaysSafeAndRecovers(int first, int last)
    {
        var launched = 0;
        for (var seed = first; seed <= last; seed++)
        {
            var cluster = SimulatedCluster.FromSeed(seed);
            Play(cluster);
            launched += cluster.Launched;
        }

        Assert.True(launched > 0 || first == last, "no task was launched at all");
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(1002)]
    [InlineData(1003)]
    public void Pool_WithoutFaults_ComesToRest(int seed)
    {
        var cluster = SimulatedCluster.FromSeed(seed, static drawn => drawn with { Faults = false });

        Play(cluster);

        Assert.True(cluster.Launched > 20, $"only {cluster.Launched} tasks were launched");
    }

    [Fact]
    public void Seed_PlayedTwice_GivesTheSameTrace()
    {
        var first = SimulatedCluster.FromSeed(7);
        var second = SimulatedCluster.FromSeed(7);
        Play(first);
        Play(second);

        Assert.Equal(first.TraceHash, second.TraceHash);
        Assert.Equal(first.Steps, second.Steps);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : null;

    private static void Play(SimulatedCluster cluster)
    {
        cluster.Run(TimeSpan.FromMinutes(4));
        cluster.Heal();
        cluster.Converge(TimeSpan.FromMinutes(30));
        cluster.Idle(TimeSpan.FromMinutes(2));
    }
}
