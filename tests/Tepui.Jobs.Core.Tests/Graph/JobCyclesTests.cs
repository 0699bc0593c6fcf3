using FsCheck;
using FsCheck.Fluent;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Graph;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;

namespace Tepui.Jobs.Core.Tests.Graph;

public sealed class JobCyclesTests
{
    [Fact]
    public void Put_ReplacementThatClosesACycle_IsRefusedWithItsPathAndChangesNothing()
    {
        var world = new JobsHarness();
        world.Put(A.Job("a"));
        world.Put(A.Child("b", "a"));
        world.Put(A.Child("c", "b"));
        var before = StoredState.Of(world.Core, world.Now);
        var stored = world.Store.Count;

        var refused = world.Refused(new JobsCommand.Put(A.Draft(A.Child("a", "c")), Strict: false));

        Assert.Equal(RefusalKind.BadRequest, refused.Kind);
        Assert.Contains("a -> b -> c -> a", refused.Message, StringComparison.Ordinal);
        Assert.Equal("parents", Assert.Single(refused.Problems).Path);
        Assert.Equal(before, StoredState.Of(world.Core, world.Now));
        Assert.Equal(stored, world.Store.Count);
    }

    [Fact]
    public void Put_MissingParentMadeLater_IsRefusedWhenItClosesTheCycle()
    {
        var world = new JobsHarness();
        world.Put(A.Child("b", "a"));
        world.Put(A.Child("c", "b"));

        var refused = world.Refused(new JobsCommand.Put(A.Draft(A.Child("a", "c")), Strict: false));

        Assert.Contains("a -> b -> c -> a", refused.Message, StringComparison.Ordinal);
        Assert.False(world.Has("a"));
        world.Put(A.Job("a"));
    }

    [Fact]
    public void Put_OwnName_IsACycle()
    {
        var world = new JobsHarness();
        world.Put(A.Job("a"));

        var refused = world.Refused(new JobsCommand.Put(A.Draft(A.Child("a", "a")), Strict: false));

        Assert.Contains("a -> a", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_LongCycle_LeavesTheMiddleOut()
    {
        var text = JobCycles.Text([.. Enumerable.Range(0, 100_000).Select(number => new JobName($"j{number}"))]);

        Assert.StartsWith("j0 -> j1 -> ", text, StringComparison.Ordinal);
        Assert.Contains("-> (99980 more) ->", text, StringComparison.Ordinal);
        Assert.EndsWith("-> j99999", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Find_ChainOfAHundredThousandBuiltFromEitherEnd_LooksAtFewAndClosesNone(bool fromTheTop)
    {
        const int count = 100_000;
        var state = new JobsState(new());
        var order = Enumerable.Range(1, count - 1);
        foreach (var number in fromTheTop ? order : order.Reverse())
        {
            var job = A.Child($"j{number:d6}", $"j{number - 1:d6}");
            Assert.Null(JobCycles.Find(state, job.Name, job.Parents));
            state.Jobs.Restore(state, new(job, JobProgress.None));
        }

        var closing = JobCycles.Find(state, new("j000000"), [new($"j{count - 1:d6}")]);

        Assert.NotNull(closing);
        Assert.Equal(count + 1, closing.Count);
        Assert.Equal("j000000", closing[0].Value);
        Assert.Equal("j000001", closing[1].Value);
        Assert.Equal("j000000", closing[^1].Value);
    }

    [Fact]
    public void Put_AnyGraph_IsRefusedExactlyWhenItWouldCloseACycle() => Prop
        .ForAll(ArbMap.Default.ArbFor<(byte Job, byte[] Parents)[]>(), static puts =>
        {
            var state = new JobsState(new());
            var parents = new Dictionary<JobName, IReadOnlyList<JobName>>();
            foreach (var (number, above) in puts)
            {
                var job = A.Child($"j{number % 12}", [.. above.Take(3).Select(parent => $"j{parent % 12}").Distinct()]) with { Schedule = null };
                var cycle = JobCycles.Find(state, job.Name, job.Parents);

                Assert.Equal(Reaches(parents, job.Parents, job.Name), cycle is not null);
                if (cycle is null)
                {
                    state.Jobs.TryFind(job.Name, out var before);
                    state.Graph.Set(job.Name, before?.Spec.Parents ?? [], []);
                    state.Jobs.Restore(state, new(job, JobProgress.None));
                    parents[job.Name] = job.Parents;
                    GraphInvariants.Check(state);
                }
                else
                {
                    Assert.Equal(job.Name, cycle[0]);
                    Assert.Equal(job.Name, cycle[^1]);
                    Assert.All(cycle.Zip(cycle.Skip(1)), pair => Assert.Contains(pair.First, pair.Second == job.Name ? job.Parents : parents[pair.Second]));
                }
            }
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(60));

    // The slow way: everything above.
    private static bool Reaches(Dictionary<JobName, IReadOnlyList<JobName>> parents, IReadOnlyList<JobName> from, JobName to)
    {
        var above = from.ToHashSet();
        while (above.SelectMany(name => parents.GetValueOrDefault(name) ?? []).FirstOrDefault(name => !above.Contains(name)) is { Value.Length: > 0 } next)
        {
            above.Add(next);
        }

        return above.Contains(to);
    }
}
