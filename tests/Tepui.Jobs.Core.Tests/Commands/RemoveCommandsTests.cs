using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Tests.Building;

namespace Tepui.Jobs.Core.Tests.Commands;

public sealed class RemoveCommandsTests
{
    private readonly JobsHarness _world = new(isSubscribed: false);

    [Fact]
    public void Remove_ParentThatWasWaitedFor_ChildIsTriggeredByWhatIsCounted()
    {
        _world.Put(A.Job("b"));
        _world.Put(A.Job("a") with { Schedule = null });
        _world.Put(A.Child("child", "a", "b"));
        _world.Request(new JobsCommand.MarkSuccess(new("b")));
        Assert.Empty(_world.Runs("child"));

        _world.Request(new JobsCommand.Remove(new("a"), Strict: false));

        Assert.Equal([A.Run("b", 1)], Assert.Single(_world.Runs("child")).Cause.Parents);
        Assert.Empty(_world.Job("child").Progress.Edges);
    }

    [Fact]
    public void Remove_Job_NothingIsLeftOfItAndItIsNeverDueAgain()
    {
        _world.Put(A.Job("a", "R/2031-01-01T01:00:00Z/PT1H"));
        var keys = _world.Store.Keys.ToList();
        _world.Pass(TimeSpan.FromHours(1));
        Assert.Single(_world.Runs("a"));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));

        Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.Remove(new("a"), Strict: true)));

        Assert.False(_world.Has("a"));
        Assert.DoesNotContain(_world.Store.Keys, key => key.StartsWith("jobs/", StringComparison.Ordinal) || key.StartsWith("progress/", StringComparison.Ordinal) || key.StartsWith("runs/", StringComparison.Ordinal));
        Assert.Contains(_world.Events, happened => happened is JobEvent.JobRemoved { Job.Value: "a" });
        Assert.Empty(_world.View.Jobs);
        _world.Pass(TimeSpan.FromHours(3));
        Assert.Empty(_world.Runs("a"));
    }

    [Fact]
    public void Remove_UnknownJob_IsRefused() =>
        Assert.Equal((RefusalKind.Unknown, "Job 'a' not found"), (_world.Refused(new JobsCommand.Remove(new("a"), Strict: false)).Kind, _world.Refused(new JobsCommand.Remove(new("a"), Strict: false)).Message));

    [Fact]
    public void Remove_DependentJob_ItsChildrenGetItsParents()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b"));
        _world.Put(A.Job("c"));
        _world.Put(A.Child("middle", "a", "b"));
        _world.Put(A.Child("child", "c", "middle", "b"));
        _world.Request(new JobsCommand.MarkSuccess(new("c")));
        _world.Request(new JobsCommand.MarkSuccess(new("middle")));

        var done = Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.Remove(new("middle"), Strict: false)));

        Assert.Contains("'child'", done.Warning, StringComparison.Ordinal);
        Assert.Equal(["c", "b", "a"], _world.Job("child").Spec.Parents.Select(name => name.Value));
        Assert.Equal("c", Assert.Single(_world.Job("child").Progress.Edges).Parent.Value);
        _world.Request(new JobsCommand.MarkSuccess(new("a")));
        _world.Request(new JobsCommand.MarkSuccess(new("b")));
        Assert.Single(_world.Runs("child"));
    }

    [Fact]
    public void Remove_ScheduledJob_ItsChildrenRunByItsScheduleFromItsNextTimeOn()
    {
        _world.Put(A.Job("a", "R4/2031-01-01T00:00:00Z/PT1H", []));
        _world.Put(A.Job("b"));
        _world.Put(A.Child("child", "a", "b") with { Command = "own" });
        _world.Pass(TimeSpan.FromMinutes(90));
        var left = _world.Job("a").Progress;

        _world.Request(new JobsCommand.Remove(new("a"), Strict: false));

        var child = _world.Job("child");
        Assert.Equal("own", child.Spec.Command);
        Assert.Empty(child.Spec.Parents);
        Assert.Equal("R4/2031-01-01T00:00:00Z/PT1H", child.Spec.Schedule!.Times.Text);
        Assert.Equal((left.NextDue, left.Remaining), (child.Progress.NextDue, child.Progress.Remaining));
        Assert.Empty(_world.Runs("child"));
        _world.Request(new JobsCommand.MarkSuccess(new("b")));
        Assert.Empty(_world.Runs("child"));
        _world.Pass(TimeSpan.FromMinutes(30));
        Assert.Single(_world.Runs("child"));
    }

    [Fact]
    public void Remove_StrictWithChildren_IsRefusedAndNamesThem()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Child("child", "a"));

        var refused = _world.Refused(new JobsCommand.Remove(new("a"), Strict: true));

        Assert.Contains("'child'", refused.Message, StringComparison.Ordinal);
        Assert.True(_world.Has("a"));
    }

    [Fact]
    public void RemoveAll_Jobs_LeavesNone()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Child("child", "a"));
        _world.Put(A.Child("grandchild", "child", "nobody"));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));

        Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.RemoveAll()));

        Assert.Empty(_world.State.Jobs.All);
        Assert.Empty(_world.State.Runs.Open);
        Assert.Equal(0, _world.State.Graph.EdgeCount);
        _world.Put(A.Child("child", "nobody"));
    }

    [Fact]
    public void Remove_AndMakeAgain_BeginsAnew()
    {
        _world.Put(A.Job("a"));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));
        _world.Request(new JobsCommand.Remove(new("a"), Strict: false));

        _world.Put(A.Job("a"));

        Assert.Equal((0L, 0L), (_world.Job("a").Progress.SuccessCount, _world.Job("a").Progress.LastRun));
    }
}
