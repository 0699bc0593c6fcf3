using FsCheck;
using FsCheck.Fluent;
using Tepui.Jobs;
using Tepui.Tests.Support;

namespace Tepui.Tests.Jobs;

// FsCheck writes to stdout, which belongs to the commands that run meanwhile.
[Collection(Run.Collection)]
public sealed class JobGraphTests
{
    [Fact]
    public void ParentsFirst_AnyGraphWithoutCycles_PutsEveryParentBeforeItsChildren() => Prop
        .ForAll(Gen.Choose(0, 12).SelectMany(count => Gen.Choose(0, int.MaxValue).Select(seed => (count, seed))).ToArbitrary(), drawn =>
        {
            var random = new Random(drawn.seed);
            var parents = Enumerable.Range(0, drawn.count).ToDictionary(index => $"j{index}", index => Enumerable.Range(0, index).Where(_ => random.Next(3) == 0).Select(parent => $"j{parent}").ToList());
            var names = parents.Keys.OrderBy(_ => random.Next()).ToList();

            var ordered = JobGraph.ParentsFirst(names, name => parents[name]).ToList();

            return ordered.Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal))
                && parents.All(pair => pair.Value.TrueForAll(parent => ordered.IndexOf(parent) < ordered.IndexOf(pair.Key)));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void ParentsFirst_Cycle_KeepsEveryName() => Assert.Equal(["a", "b", "c"], JobGraph.ParentsFirst(["a", "b", "c"], name => name == "a" ? ["c"] : name == "b" ? ["a"] : ["b", "x"]).Order(StringComparer.Ordinal));

    [Fact]
    public void ParentsFirst_LongChain_DoesNotOverflow()
    {
        var names = Enumerable.Range(0, 100_000).Select(index => $"{index}").Reverse().ToList();

        var ordered = JobGraph.ParentsFirst(names, name => name == "0" ? [] : [$"{int.Parse(name) - 1}"]);

        Assert.Equal(("0", "99999"), (ordered[0], ordered[^1]));
    }

    [Theory]
    [InlineData("a:b b:c c:a", "a -> c -> b -> a")]
    [InlineData("x:a a:b,y b:a y:", "a -> b -> a")]
    [InlineData("a:a", "a -> a")]
    [InlineData("a:b,c b:d c:d d:", null)]
    [InlineData("a:nobody b:a,nobody", null)]
    public void Cycle_OfParents_IsNamedFromParentToChild(string parents, string? expected)
    {
        var graph = parents.Split(' ').Select(job => job.Split(':')).ToDictionary(job => job[0], job => job[1].Split(',', StringSplitOptions.RemoveEmptyEntries));

        var cycle = JobGraph.Cycle(graph.Keys, name => graph.GetValueOrDefault(name, []));

        Assert.Equal(expected, cycle is null ? null : string.Join(" -> ", cycle));
    }

    [Fact]
    public void Cycle_OfALongChain_DoesNotOverflow() =>
        Assert.Equal(100_001, JobGraph.Cycle(["0"], name => [$"{(int.Parse(name) + 1) % 100_000}"])!.Count);
}
