using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Commands;

public sealed class RunCommandsTests
{
    // Offers are asked for again after a little while only.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly JobsHarness _world = new();

    [Fact]
    public void Start_AsManyWaitAsMay_IsRefusedAndAUsedKeyStillGivesItsRun()
    {
        var world = new JobsHarness(new() { ManualRunsMax = 2 }, isSubscribed: false);
        world.Put(A.Job("a"));
        var keyed = new JobsCommand.Start(new("a"), null, [new("NAME", "value")], "key");
        var first = Assert.IsType<CommandOutcome.Started>(world.Request(keyed)).Run;
        world.Start("a");

        var refused = world.Refused(new JobsCommand.Start(new("a"), null, [], null));

        Assert.Equal(RefusalKind.Conflict, refused.Kind);
        Assert.StartsWith("2 runs of job 'a' ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(first, Assert.IsType<CommandOutcome.Started>(world.Request(keyed)).Run);
        world.Request(new JobsCommand.Kill(first));
        Assert.Empty(world.Run("a", first.Number).Environment);
        world.Start("a");
    }

    [Fact]
    public void Start_Job_RunsNow()
    {
        _world.Put(A.Job("a"));

        var run = _world.Start("a");

        Assert.Equal(RunState.Running, _world.State.Runs.Find(run)!.State);
        Assert.Single(_world.Alive);
    }

    [Fact]
    public void Start_SameKeyAgain_IsTheSameRun()
    {
        _world.Put(A.Job("a"));
        var start = new JobsCommand.Start(new("a"), "x", [new("A", "1")], "key");

        var first = _world.Request(start);
        _world.Restart();

        Assert.Equal(first, _world.Request(start));
        Assert.Single(_world.Runs("a"));
        Assert.Single(_world.Launched);
    }

    [Fact]
    public void Start_ArgumentsThatTheShellCannotBeGiven_IsRefused()
    {
        _world.Put(A.Job("a") with { Command = "abc", Shell = true });
        _world.Put(A.Job("program") with { Command = "abc", Shell = false });
        var arguments = new string('x', 102_397);

        var refused = _world.Refused(new JobsCommand.Start(new("a"), arguments, [], null));

        Assert.Equal((RefusalKind.BadRequest, "the arguments of the run make a line of 102401 bytes in UTF-8 for the shell, together with the command; at most 102400 are allowed"), (refused.Kind, refused.Message));
        Assert.Empty(_world.Runs("a"));
        Assert.IsType<CommandOutcome.Started>(_world.Request(new JobsCommand.Start(new("a"), arguments[1..], [], null)));
        Assert.IsType<CommandOutcome.Started>(_world.Request(new JobsCommand.Start(new("program"), arguments, [], null)));
    }

    [Fact]
    public void Start_DisabledJob_IsWrittenDownAndNotLaunched()
    {
        _world.Put(A.Job("a") with { Disabled = true });

        var run = _world.Start("a");

        Assert.Equal(RunState.Skipped, _world.State.Runs.Find(run)!.State);
        Assert.Empty(_world.Launched);
        Assert.Equal(0, _world.Job("a").Progress.SkippedCount);
    }

    [Fact]
    public void Start_DisabledJob_IsWarnedOfEachTimeTheKeyIsUsed()
    {
        _world.Put(A.Job("a") with { Disabled = true });
        var start = new JobsCommand.Start(new("a"), null, [], "key");
        const string Expected = "run 1 of job 'a' is skipped, not launched: a disabled job does not run; enable it and start it again";

        Assert.Equal(Expected, Assert.IsType<CommandOutcome.Started>(_world.Request(start)).Warning);
        _world.Request(new JobsCommand.SetDisabled(new("a"), Disabled: false));

        Assert.Equal(Expected, Assert.IsType<CommandOutcome.Started>(_world.Request(start)).Warning);
        Assert.Null(Assert.IsType<CommandOutcome.Started>(_world.Request(start with { Key = "another" })).Warning);
    }

    [Fact]
    public void KillAll_EndsWhatRunsAndWaitsForARetry()
    {
        _world.Put(A.Job("runs"));
        _world.Put(A.Job("waits"));
        _world.Start("runs");
        _world.Pass(Moment);
        _world.Start("waits");
        _world.Pass(Moment);
        _world.End("waits", TaskState.TaskFailed);
        Assert.Equal(RunState.Waiting, _world.Run("waits", 1).State);

        _world.Request(new JobsCommand.KillAll(new("runs")));
        Assert.Equal(new CommandOutcome.Done("job 'waits': 1 run that waited for another attempt is ended"), _world.Request(new JobsCommand.KillAll(new("waits"))));

        Assert.Equal((RunState.Killed, RunState.Killed), (_world.Run("runs", 1).State, _world.Run("waits", 1).State));
        Assert.Empty(_world.Alive);
        _world.Pass(TimeSpan.FromHours(1));
        Assert.Equal(2, _world.Launched.Count);
    }

    [Fact]
    public void Kill_OneRun_EndsItOnly()
    {
        _world.Put(A.Job("a") with { Concurrency = Core.Specs.Concurrency.Allow });
        var first = _world.Start("a");
        _world.Pass(Moment);
        var second = _world.Start("a");
        _world.Pass(Moment);

        Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.Kill(first)));

        Assert.Equal(RunState.Killed, _world.State.Runs.Find(first)!.State);
        Assert.Equal(RunState.Running, _world.State.Runs.Find(second)!.State);
        Assert.Equal(RefusalKind.Conflict, _world.Refused(new JobsCommand.Kill(first)).Kind);
        Assert.Equal(RefusalKind.Unknown, _world.Refused(new JobsCommand.Kill(A.Run("a", 9))).Kind);
        Assert.Equal(RefusalKind.Unknown, _world.Refused(new JobsCommand.Kill(A.Run("nobody", 1))).Kind);
    }

    [Fact]
    public void Remove_RunningJob_KillsItsTaskAndNothingFollows()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Child("child", "a"));
        _world.Start("a");

        _world.Request(new JobsCommand.RemoveAll());

        Assert.Empty(_world.Alive);
        Assert.Empty(_world.State.Runs.Open);
        Assert.Equal(["framework"], _world.Store.Keys.Where(key => !key.StartsWith("notices/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Remove_AndMakeAgainWhileTheOldTaskLives_DoesNotMixThem()
    {
        _world.Put(A.Job("a"));
        _world.Start("a");
        _world.Disconnect();
        _world.Request(new JobsCommand.Remove(new("a"), Strict: false));
        _world.Put(A.Job("a"));

        var run = Assert.IsType<CommandOutcome.Started>(_world.Request(new JobsCommand.Start(new("a"), null, [], null))).Run;
        _world.Subscribe();

        Assert.Equal(A.Run("a", 2), run);
        Assert.Equal(0, _world.Job("a").Progress.SuccessCount + _world.Job("a").Progress.ErrorCount);
        Assert.Equal(RunState.Running, _world.State.Runs.Find(run)!.State);
        Assert.Single(_world.Alive);
    }

    [Fact]
    public void MarkSuccess_Job_CountsAndIsInItsHistory()
    {
        _world.Put(A.Job("a"));

        Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.MarkSuccess(new("a"))));

        Assert.Equal((1L, _world.Now), (_world.Job("a").Progress.SuccessCount, _world.Job("a").Progress.LastSuccess!.Value));
        Assert.Equal((RunState.Succeeded, "marked as successful"), (_world.Run("a", 1).State, _world.Run("a", 1).Message));
        Assert.Empty(_world.Launched);
        Assert.Equal(RefusalKind.Unknown, _world.Refused(new JobsCommand.MarkSuccess(new("nobody"))).Kind);
    }

    [Fact]
    public void PurgeHistory_ForgetsWhatIsOverAndKeepsCounters()
    {
        _world.Put(A.Job("a"));
        _world.Complete("a");
        _world.Start("a");

        _world.Request(new JobsCommand.PurgeHistory());

        Assert.Equal(A.Run("a", 2), Assert.Single(_world.Runs("a")).Id);
        Assert.Equal(1, _world.Job("a").Progress.SuccessCount);
        Assert.Null(_world.Core.Find(new("a"), _world.Now)!.Summary.LastRun);
    }

    [Theory]
    [InlineData(25, 1, 25)]
    [InlineData(25, 20_000, 25)]
    [InlineData(25, 100_000, 5)]
    [InlineData(25, 2_000_000, 1)]
    [InlineData(0, 2_000_000, 0)]
    public void RunsKept_ManyJobs_AreFewerEach(int each, int jobs, int kept) => Assert.Equal(kept, new JobsOptions { RunsKept = each }.RunsKeptOf(jobs));
}
