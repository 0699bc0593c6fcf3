using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Tests.Building;

namespace Tepui.Jobs.Core.Tests.Commands;

public sealed class BackfillCommandsTests
{
    private readonly JobsHarness _world = new(isSubscribed: false);

    [Fact]
    public void Backfill_JobDisabledMeanwhile_GoesOnWithoutAGapWhenItIsEnabled()
    {
        _world.Fate = _ => (TimeSpan.FromMinutes(1), Protocol.V1.TaskState.TaskFinished);
        _world.Put(A.Job("a", "R/2030-12-01T00:00:00Z/P1D"));
        Backfill("a", new(2030, 12, 5, 0, 0, 0, TimeSpan.Zero), new(2030, 12, 7, 0, 0, 0, TimeSpan.Zero));
        _world.Request(new JobsCommand.SetDisabled(new("a"), Disabled: true));
        _world.Subscribe();
        _world.Pass(TimeSpan.FromHours(1));
        Assert.Empty(_world.Launched);

        _world.Request(new JobsCommand.SetDisabled(new("a"), Disabled: false));
        _world.Pass(TimeSpan.FromHours(1));

        Assert.Equal([5, 6, 7], _world.Runs("a").Where(run => run is { State: RunState.Succeeded, Cause.Kind: RunCauseKind.Backfill }).Select(run => run.Cause.Due.Day));
    }

    [Fact]
    public void Backfill_HugeRange_IsToldWholeAndMadeAFewAtATime()
    {
        _world.Put(A.Job("a", "R/1990-01-01T00:00:00Z/PT1S"));

        var counted = Assert.IsType<CommandOutcome.Counted>(_world.Request(new JobsCommand.Backfill(new("a"), DateTimeOffset.MinValue, DateTimeOffset.MaxValue)));

        Assert.Equal((long)(A.Start - new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds + 1, counted.Runs);
        Assert.InRange(_world.State.Runs.OpenOf(new("a")).Count(run => run.Cause.Kind == RunCauseKind.Backfill), 1, 100);
    }

    [Fact]
    public void Backfill_Dry_TellsWhichTimesAndRunsNone()
    {
        _world.Put(A.Job("a", "R/2030-12-01T00:00:00Z/P1D"));

        var counted = _world.Request(new JobsCommand.Backfill(new("a"), new(2030, 12, 4, 7, 0, 0, TimeSpan.Zero), new(2030, 12, 7, 7, 0, 0, TimeSpan.Zero), IsDry: true));

        Assert.Equal(new CommandOutcome.Counted(3, new(2030, 12, 5, 0, 0, 0, TimeSpan.Zero), new(2030, 12, 7, 0, 0, 0, TimeSpan.Zero)), counted);
        Assert.Null(_world.Job("a").Progress.Backfill);
        Assert.DoesNotContain(_world.Runs("a"), run => run.Cause.Kind == RunCauseKind.Backfill);
    }

    [Fact]
    public void KillAll_TellsHowMuchOfTheBackfillIsDropped()
    {
        _world.Put(A.Job("a", "R/2030-12-01T00:00:00Z/P1D"));
        Backfill("a", new(2030, 12, 5, 0, 0, 0, TimeSpan.Zero), new(2030, 12, 7, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(new CommandOutcome.Done("job 'a': its backfill is ended: 3 times of it are not run"), _world.Request(new JobsCommand.KillAll(new("a"))));
        Assert.Equal(new CommandOutcome.Done(), _world.Request(new JobsCommand.KillAll(new("a"))));
    }

    [Fact]
    public void Backfill_Range_RunsBothEndsAndWhatIsBetweenInOrder()
    {
        _world.Fate = _ => (TimeSpan.FromMinutes(1), Protocol.V1.TaskState.TaskFinished);
        _world.Subscribe();
        _world.Put(A.Job("a", "R/2030-12-01T00:00:00Z/P1D"));

        var counted = Assert.IsType<CommandOutcome.Counted>(Backfill("a", new(2030, 12, 5, 0, 0, 0, TimeSpan.Zero), new(2030, 12, 7, 0, 0, 0, TimeSpan.Zero)));

        _world.Pass(TimeSpan.FromHours(1));
        Assert.Equal(3, counted.Runs);
        Assert.Equal([5, 6, 7], _world.Runs("a").Where(run => run.Cause.Kind == RunCauseKind.Backfill).Select(run => run.Cause.Due.Day));
    }

    [Theory]
    [InlineData("2030-12-05T00:00:00Z", "2030-12-04T00:00:00Z", "from", RefusalKind.BadRequest)]
    [InlineData("2031-01-05T00:00:00Z", "2031-01-06T00:00:00Z", "still to come", RefusalKind.BadRequest)]
    [InlineData("2030-11-05T00:00:00Z", "2030-11-06T00:00:00Z", "2030-12-01T00:00:00Z", RefusalKind.BadRequest)]
    public void Backfill_RangeThatCannotBe_IsRefused(string from, string to, string named, RefusalKind kind)
    {
        _world.Put(A.Job("a", "R/2030-12-01T00:00:00Z/P1D"));

        var refused = Assert.IsType<CommandOutcome.Refused>(Backfill("a", DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(to, null)));

        Assert.Equal(kind, refused.Kind);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backfill_JobThatHasNoTimesOrDoesNotRun_IsRefused()
    {
        _world.Put(A.Job("a", "R/1990-01-01T00:00:00Z/PT1S") with { Disabled = true });
        _world.Put(A.Child("child", "a"));

        Assert.Equal(RefusalKind.BadRequest, Assert.IsType<CommandOutcome.Refused>(Backfill("child", A.Start.AddDays(-1), A.Start)).Kind);
        Assert.Equal(RefusalKind.Conflict, Assert.IsType<CommandOutcome.Refused>(Backfill("a", A.Start.AddDays(-1), A.Start)).Kind);
        Assert.Equal(RefusalKind.Unknown, Assert.IsType<CommandOutcome.Refused>(Backfill("nobody", A.Start.AddDays(-1), A.Start)).Kind);
    }

    [Fact]
    public void Backfill_WhileAnotherIsNotDone_IsRefusedUntilItIsKilled()
    {
        _world.Put(A.Job("a", "R/1990-01-01T00:00:00Z/PT1S"));
        Backfill("a", A.Start.AddDays(-1), A.Start);

        Assert.Equal(RefusalKind.Conflict, Assert.IsType<CommandOutcome.Refused>(Backfill("a", A.Start.AddDays(-1), A.Start)).Kind);

        _world.Request(new JobsCommand.KillAll(new("a")));
        Assert.Null(_world.Job("a").Progress.Backfill);
        Assert.DoesNotContain(_world.State.Runs.OpenOf(new("a")), run => run.Cause.Kind == RunCauseKind.Backfill);
        Assert.IsType<CommandOutcome.Counted>(Backfill("a", A.Start.AddDays(-1), A.Start));
    }

    private CommandOutcome Backfill(string job, DateTimeOffset from, DateTimeOffset to) => _world.Request(new JobsCommand.Backfill(new(job), from, to));
}
