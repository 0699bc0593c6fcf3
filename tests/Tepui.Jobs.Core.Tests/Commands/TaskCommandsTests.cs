using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Commands;

public sealed class TaskCommandsTests
{
    private readonly JobsHarness _world = new();

    [Fact]
    public void Progress_Elements_AddUpAndAreKeptAfterTheEnd()
    {
        _world.Put(A.Job("a") with { DataProcessing = true });
        _world.Start("a");

        Progress("a", 2);
        Progress("a", 0);
        _world.End("a");
        Progress("a", 3);
        _world.Restart();

        Assert.Equal(5, _world.Run("a", 1).Elements);
    }

    [Fact]
    public void Progress_AfterTheEnd_IsNoSecondEnd()
    {
        _world.Put(A.Job("a") with { DataProcessing = true });
        _world.Start("a");
        _world.End("a");

        Progress("a", 3);

        var changes = _world.Effects.OfType<JobsEffect.Publish>().Select(effect => effect.Event).OfType<JobEvent.RunChanged>().ToList();
        Assert.Equal(3, changes[^1].Run.Elements);
        Assert.True(Assert.Single(changes, change => change.Ended).Run.State.IsFinal());
    }

    [Fact]
    public void Progress_NumbersThatCannotBe_AreRefused()
    {
        _world.Put(A.Job("a") with { DataProcessing = true });
        _world.Start("a");
        Progress("a", 5);

        Assert.Contains("-1", Refused("a", -1).Message, StringComparison.Ordinal);
        Assert.Contains($"{long.MaxValue - 5}", Refused("a", long.MaxValue).Message, StringComparison.Ordinal);
        Assert.Equal(5, _world.Run("a", 1).Elements);
        Progress("a", long.MaxValue - 5);
    }

    [Fact]
    public void Progress_OfWhatDoesNotCount_IsRefused()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b") with { DataProcessing = true });
        _world.Start("a");

        Assert.Equal(RefusalKind.BadRequest, Refused("a", 1).Kind);
        Assert.Equal(RefusalKind.Unknown, Refused("nobody", 1).Kind);
        Assert.Equal(RefusalKind.Unknown, Refused("b", 1).Kind);
    }

    [Theory]
    [InlineData(0, RunState.Succeeded)]
    [InlineData(3, RunState.Failed)]
    public void Complete_AsyncRun_EndsAsToldAndMayBeToldTwice(int status, RunState expected)
    {
        _world.Put(A.Job("a") with { Async = true, Retries = 0 });
        _world.Start("a");
        var task = new Model.Identifiers.TaskId(_world.Launched[0]);
        _world.End("a");
        Assert.Equal(RunState.Completing, _world.Run("a", 1).State);

        Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.Complete(task, status)));
        Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.Complete(task, status)));

        Assert.Equal(expected, _world.Run("a", 1).State);
        Assert.Equal(1, _world.Job("a").Progress.SuccessCount + _world.Job("a").Progress.ErrorCount);
        Assert.Equal(RefusalKind.Conflict, _world.Refused(new JobsCommand.Complete(task, status == 0 ? 1 : 0)).Kind);
    }

    [Fact]
    public void Complete_OtherRuns_IsRefused()
    {
        _world.Put(A.Job("a"));
        _world.Start("a");

        Assert.Equal(RefusalKind.BadRequest, _world.Refused(new JobsCommand.Complete(new(_world.Launched[0]), 0)).Kind);
        Assert.Equal(RefusalKind.Unknown, _world.Refused(new JobsCommand.Complete(new("nothing"), 0)).Kind);
        Assert.Equal(RefusalKind.Unknown, _world.Refused(new JobsCommand.Complete(new("ct:1:0:gone:"), 0)).Kind);
    }

    [Fact]
    public void Complete_EarlierAttempt_IsRefused()
    {
        _world.Put(A.Job("a") with { Async = true });
        _world.Start("a");
        _world.End("a", TaskState.TaskFailed);
        _world.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(2, _world.Launched.Count);

        Assert.Equal(RefusalKind.Conflict, _world.Refused(new JobsCommand.Complete(new(_world.Launched[0]), 0)).Kind);
        Assert.Equal(RunState.Running, _world.Run("a", 1).State);
    }

    private CommandOutcome Request(string job, long additional) => _world.Request(new JobsCommand.Progress(new(job), new(_world.Launched[0]), additional));

    private void Progress(string job, long additional) => Assert.IsType<CommandOutcome.Done>(Request(job, additional));

    private CommandOutcome.Refused Refused(string job, long additional) => Assert.IsType<CommandOutcome.Refused>(Request(job, additional));
}
