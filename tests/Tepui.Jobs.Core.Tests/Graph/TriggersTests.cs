using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;

namespace Tepui.Jobs.Core.Tests.Graph;

public sealed class TriggersTests
{
    private readonly JobsHarness _world = new(isSubscribed: false);

    [Fact]
    public void Ended_OneParent_EverySuccessIsATrigger()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Child("child", "a") with { CatchUp = CatchUp.All });

        Succeed("a");
        Succeed("a");

        Assert.Equal(2, _world.Runs("child").Count);
        Assert.Equal(A.Run("a", 2), Assert.Single(_world.Run("child", 2).Cause.Parents));
        Assert.Empty(_world.Job("child").Progress.Edges);
    }

    [Fact]
    public void Ended_TwoParents_TriggersWhenTheEdgeJustCountedIsTheLeast()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b"));
        _world.Put(A.Child("child", "b", "a"));

        Succeed("a");
        Succeed("a");
        Assert.Empty(_world.Runs("child"));
        Assert.Equal([new EdgeCount(new("a"), 2, 2)], _world.Job("child").Progress.Edges);

        Succeed("b");

        Assert.Equal([A.Run("a", 2), A.Run("b", 1)], Assert.Single(_world.Runs("child")).Cause.Parents);
        Assert.Empty(_world.Job("child").Progress.Edges);
        Succeed("b");
        Assert.Single(_world.Runs("child"));
    }

    [Fact]
    public void Ended_CountsAndRun_AreInOneBatchWithTheEndOfTheParentsRun()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b"));
        _world.Put(A.Child("child", "a", "b"));
        Succeed("a");

        _world.StepAndCrash(new JobsInput.Request(new(1), new JobsCommand.MarkSuccess(new("b"))));

        Assert.Equal(RunState.Succeeded, _world.Run("b", 1).State);
        Assert.Single(_world.Runs("child"));
        Assert.Empty(_world.Job("child").Progress.Edges);
    }

    [Fact]
    public void Ended_DisabledChild_CountsOnAndDoesNotRun()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b"));
        _world.Put(A.Child("child", "a", "b") with { Disabled = true });
        _world.Put(A.Child("single", "a") with { Disabled = true });

        Succeed("a");
        Succeed("b");

        Assert.Empty(_world.Runs("child"));
        Assert.Empty(_world.Runs("single"));
        Assert.Equal([new EdgeCount(new("a"), 1, 1), new EdgeCount(new("b"), 1, 1)], _world.Job("child").Progress.Edges);

        _world.Request(new JobsCommand.SetDisabled(new("child"), Disabled: false));
        Succeed("a");
        Assert.Empty(_world.Runs("child"));
        Succeed("b");
        Assert.Single(_world.Runs("child"));
    }

    [Fact]
    public void Ended_ParentMissing_NeitherCountsNorRunsUntilItExists()
    {
        _world.Put(A.Job("a"));
        var done = _world.Put(A.Child("child", "a", "b"));
        Assert.Contains("'b'", done.Warning, StringComparison.Ordinal);

        Succeed("a");
        Assert.Empty(_world.Job("child").Progress.Edges);

        _world.Put(A.Job("b"));
        Succeed("b");
        Assert.Empty(_world.Runs("child"));
        Succeed("a");
        Assert.Single(_world.Runs("child"));
    }

    [Theory]
    [InlineData(null, false, true, false)]
    [InlineData(ParentTrigger.Success, false, true, false)]
    [InlineData(ParentTrigger.Success, true, true, true)]
    [InlineData(ParentTrigger.Failure, false, false, true)]
    [InlineData(ParentTrigger.Failure, true, false, true)]
    [InlineData(ParentTrigger.Any, false, true, true)]
    public void Ended_ParentTrigger_SaysWhichEndsCount(ParentTrigger? trigger, bool softError, bool onSuccess, bool onFailure)
    {
        foreach (var (state, expected) in new[] { (RunState.Succeeded, onSuccess), (RunState.Failed, onFailure), (RunState.Killed, false), (RunState.Skipped, false) })
        {
            var world = new JobsHarness(isSubscribed: false);
            world.Put(A.Job("a") with { SoftError = softError });
            world.Put(A.Child("child", "a") with { ParentTrigger = trigger });
            var run = world.State.Runs.Find(world.Start("a"))!;

            RunEnds.Finish(new(world.State, world.Now, []), run, state, null);

            Assert.Equal(expected ? 1 : 0, world.Runs("child").Count);
        }
    }

    [Fact]
    public void MarkSuccess_Child_ClearsWhatItsParentsHaveDone()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b"));
        _world.Put(A.Child("child", "a", "b"));
        _world.Put(A.Child("grandchild", "child"));
        Succeed("a");

        Succeed("child");

        Assert.Empty(_world.Job("child").Progress.Edges);
        Assert.Equal(1, _world.Job("child").Progress.SuccessCount);
        Assert.Single(_world.Runs("grandchild"));
        Succeed("b");
        Assert.Single(_world.Runs("child"));
    }

    private void Succeed(string job) => Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.MarkSuccess(new(job))));
}
