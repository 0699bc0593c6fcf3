using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Model;

namespace Tepui.Jobs.Core.Tests.Commands;

public sealed class PutCommandsTests
{
    private readonly JobsHarness _world = new(isSubscribed: false);

    [Fact]
    public void Put_New_IsThereAndDue()
    {
        _world.Put(A.Job("a", "R3/2031-01-01T06:00:00Z/PT1H"));

        Assert.Equal((A.Start.AddHours(6), 3L), (_world.Job("a").Progress.NextDue!.Value, _world.Job("a").Progress.Remaining!.Value));
        Assert.Contains(_world.Events.OfType<JobEvent.JobChanged>(), changed => changed is { SpecChanged: true, Job.Name.Value: "a" });
    }

    [Fact]
    public void Put_Replacement_KeepsCountersAndRunsAndSetsTheScheduleAnew()
    {
        _world.Put(A.Job("a", "R3/2031-01-01T06:00:00Z/PT1H"));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));

        _world.Put(A.Job("a", "R9/2031-01-01T07:00:00Z/PT1H") with { Command = "false" });

        var job = _world.Job("a");
        Assert.Equal(("false", 1L, 1L, 9L), (job.Spec.Command, job.Progress.SuccessCount, job.Progress.LastRun, job.Progress.Remaining!.Value));
        Assert.Equal(A.Start.AddHours(7), job.Progress.NextDue);
        Assert.Single(_world.Runs("a"));
    }

    [Fact]
    public void Put_WhatGetShowsAfterRuns_RunsNothingMore()
    {
        _world.Put(A.Job("a", "R5/2031-01-01T00:00:00Z/PT1H"));
        _world.Pass(TimeSpan.FromMinutes(150));
        var before = _world.Job("a").Progress;
        var runs = _world.Runs("a");

        _world.Put(A.Job("a", _world.Job("a").Spec.Schedule!.Times.TextFrom(before.NextDue!.Value, before.Remaining)));

        Assert.Equal((before.NextDue, before.Remaining), (_world.Job("a").Progress.NextDue, _world.Job("a").Progress.Remaining));
        _world.Pass(TimeSpan.FromMinutes(29));
        Assert.Equal(runs, _world.Runs("a"));
    }

    [Theory]
    [InlineData("R/2031-01-31T12:00:00Z/P1M", "", "R/2031-02-28T12:00:00.000Z/P1M", "2031-02-28T12:00:00Z 2031-03-31T12:00:00Z")]
    [InlineData("R/2031-03-08T02:30:00Z/P1D", "America/Denver", "R/2031-03-09T03:30:00.000-06:00/P1D", "2031-03-09T03:30:00-06:00 2031-03-10T02:30:00-06:00")]
    public void Put_WhatIsShownOnAShiftedDay_ForgetsNotTheDayItBeganWith(string schedule, string zone, string shown, string due)
    {
        _world.Put(A.Job("a") with { Schedule = A.Schedule(schedule, zone) });
        _world.PassUntil(_world.Job("a").Progress.NextDue!.Value);
        Assert.Equal(shown, JobDocuments.ScheduleText(_world.Job("a")));

        _world.Put(A.Job("a") with { Schedule = A.Schedule(shown, zone), Command = "false" });

        var times = due.Split(' ').Select(time => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(("false", times[0]), (_world.Job("a").Spec.Command, _world.Job("a").Progress.NextDue!.Value));
        _world.PassUntil(times[0]);
        Assert.Equal(times[1], _world.Job("a").Progress.NextDue);
    }

    [Fact]
    public void Put_TheSameCronWhenItIsDue_LosesNoTime()
    {
        _world.Put(A.Job("a") with { Schedule = A.Cron("0 8 * * *") });
        _world.PassUntil(A.Start.AddHours(8).AddTicks(-1));
        var due = A.Start.AddHours(8);
        _world.State.Jobs.TryFind(new("a"), out var before);
        Assert.Equal(due, before!.Progress.NextDue);

        _world.JumpTo(due.AddMilliseconds(1));
        _world.Put(A.Job("a") with { Schedule = A.Cron("0 8 * * *") });

        Assert.Equal(due, Assert.Single(_world.Runs("a")).Cause.Due);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Put_ScheduleWrittenAsBefore_GoesOnWhereItIsWanted(bool isKept)
    {
        var job = A.Job("a", "R5/2031-01-01T01:00:00Z/PT1H");
        _world.Put(job);
        _world.PassUntil(A.Start.AddHours(2.5));
        var before = _world.Job("a").Progress;
        Assert.True(before.Remaining < 5);

        _world.Request(new JobsCommand.Put(A.Draft(job with { Command = "false" }), Strict: false, KeepsSchedule: isKept));

        var after = _world.Job("a");
        Assert.Equal("false", after.Spec.Command);
        Assert.Equal(isKept, (after.Progress.Remaining, after.Progress.NextDue) == (before.Remaining, before.NextDue));
    }

    [Fact]
    public void Put_KeptScheduleOfADisabledJobThatIsEnabled_MakesUpForNothing()
    {
        var job = A.Job("a", "R/2031-01-01T01:00:00Z/PT1H");
        _world.Put(job with { Disabled = true });
        _world.PassUntil(A.Start.AddHours(5.5));

        _world.Request(new JobsCommand.Put(A.Draft(job), Strict: false, KeepsSchedule: true));

        Assert.Equal(A.Start.AddHours(6), _world.Job("a").Progress.NextDue);
        Assert.Empty(_world.Runs("a"));
    }

    [Fact]
    public void Put_DryRun_TellsBothAndChangesNothing()
    {
        var job = A.Job("a", "R5/2031-01-01T01:00:00Z/PT1H");
        var put = new JobsCommand.Put(A.Draft(job), Strict: true, KeepsSchedule: true, IsDryRun: true);

        Assert.Null(Assert.IsType<CommandOutcome.Planned>(_world.Request(put)).Before);
        Assert.False(_world.State.Jobs.Contains(new("a")));
        _world.Put(job);
        _world.PassUntil(A.Start.AddHours(1.5));
        var planned = Assert.IsType<CommandOutcome.Planned>(_world.Request(put with { Draft = A.Draft(job with { Command = "false" }) }));

        Assert.Equal((job.Command, "false"), (planned.Before!.Command, planned.After.Command));
        Assert.Same(planned.Before.Schedule, planned.After.Schedule);
        Assert.Equal(job.Command, _world.Job("a").Spec.Command);
    }

    [Fact]
    public void Put_DryRun_LeavesParentsToTheWholeOfWhatIsPut()
    {
        var put = new JobsCommand.Put(A.Draft(A.Child("b", "nobody")), Strict: true, IsDryRun: true);

        Assert.Equal("nobody", Assert.Single(Assert.IsType<CommandOutcome.Planned>(_world.Request(put)).After.Parents).Value);
        Assert.Equal(RefusalKind.NoParents, _world.Refused(put with { Draft = A.Draft(A.Child("b")) with { Kind = DraftKind.Dependent } }).Kind);
    }

    [Fact]
    public void Put_CreateProblems_CountForNewJobsOnly()
    {
        var draft = A.Draft(A.Job("a")) with { CreateProblems = [new Problem("schedule", "begins before 1970")] };

        Assert.Contains("before 1970", _world.Refused(new JobsCommand.Put(draft, Strict: false)).Message, StringComparison.Ordinal);

        _world.Put(A.Job("a"));
        Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.Put(draft, Strict: false)));
    }

    [Fact]
    public void Put_Problems_AreToldTogether()
    {
        var refused = _world.Refused(new JobsCommand.Put(new(DraftKind.Scheduled, null, [new("name", "is bad"), new("mem", "is negative")], []), Strict: false));

        Assert.Equal(RefusalKind.BadRequest, refused.Kind);
        Assert.Equal(["name", "mem"], refused.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Put_DependentWithoutParents_IsAnErrorOfItsOwnOnlyWhenNew()
    {
        var draft = new JobDraft(DraftKind.Dependent, A.Job("a") with { Schedule = null }, [], []);

        Assert.Equal(RefusalKind.NoParents, _world.Refused(new JobsCommand.Put(draft, Strict: false)).Kind);

        _world.Put(A.Job("a"));
        Assert.Equal(RefusalKind.BadRequest, _world.Refused(new JobsCommand.Put(draft, Strict: false)).Kind);
    }

    [Fact]
    public void Put_UnknownParents_AreWaitedForByNewJobsAndRefusedElsewhere()
    {
        _world.Put(A.Job("a"));
        var put = new JobsCommand.Put(A.Draft(A.Child("child", "a", "nobody")), Strict: false);

        Assert.Contains("'nobody'", _world.Refused(put with { Strict = true }).Message, StringComparison.Ordinal);
        Assert.NotNull(Assert.IsType<CommandOutcome.Done>(_world.Request(put)).Warning);
        Assert.Equal(["nobody"], _world.Core.Find(new("child"), _world.Now)!.MissingParents.Select(name => name.Value));

        // It still waits, so the same again is no error.
        Assert.NotNull(Assert.IsType<CommandOutcome.Done>(_world.Request(put)).Warning);
        _world.Put(A.Child("child", "a"));
        Assert.Contains("'nobody'", _world.Refused(put).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Put_OtherKind_ChangesIt()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b", "R/2031-01-01T06:00:00Z/PT1H"));

        _world.Put(A.Child("b", "a"));
        Assert.Null(_world.Job("b").Progress.NextDue);
        _world.Pass(TimeSpan.FromHours(8));
        Assert.Empty(_world.Runs("b"));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));
        Assert.Single(_world.Runs("b"));

        _world.Put(A.Job("b", "R/2031-01-01T20:00:00Z/PT1H"));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));
        Assert.Single(_world.Runs("b"));
        Assert.Equal(A.Start.AddHours(20), _world.Job("b").Progress.NextDue);
    }

    [Fact]
    public void Put_FewerParents_KeepsWhatTheOthersHaveDone()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b"));
        _world.Put(A.Job("c"));
        _world.Put(A.Child("child", "a", "b", "c"));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));
        _world.Request(new JobsCommand.MarkSuccess(new("b")));

        _world.Put(A.Child("child", "a", "c"));

        Assert.Equal([new EdgeCount(new("a"), 1, 1)], _world.Job("child").Progress.Edges);
        _world.Put(A.Child("child", "a"));
        Assert.Empty(_world.Job("child").Progress.Edges);
    }

    [Fact]
    public void Put_DisabledJob_IsNeverDue()
    {
        _world.Put(A.Job("a", "R/2031-01-01T00:00:00Z/PT1H") with { Disabled = true });

        _world.Pass(TimeSpan.FromHours(5));

        Assert.Empty(_world.Runs("a"));
    }
}
