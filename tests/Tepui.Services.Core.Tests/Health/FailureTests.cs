using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;
using Tepui.Services.Core.Views;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Services.Core.Tests.Health;

public class FailureTests
{
    private readonly LifeWorld _world = new LifeWorld().Subscribed();
    private readonly AppSpec _app;

    public FailureTests() => _app = _world.Spec(TestSpecs.App());

    [Fact]
    public void LastFailure_IsToldAndSurvivesARestart()
    {
        var instance = Next();
        _world.Status(instance, TaskState.TaskFailed, status => status.Message = "Command exited with status 7");

        var expected = new TaskFailure(_app.Id, instance.Host!.Hostname, "Command exited with status 7", TaskState.TaskFailed, instance.Tasks[0].Id, _world.Now, _app.Version, instance.Host.Agent);
        Assert.Equal(expected, _world.Core.View(_world.Now).Failures[_app.Id]);
        _world.Restart();
        Assert.Equal(expected, _world.Core.View(_world.Now).Failures[_app.Id]);
    }

    [Fact]
    public void Kill_ThatWasAskedFor_IsNoFailure()
    {
        var instance = Next();
        _world.Inside(turn => turn.State.Kills.End(turn, instance, Goal.Decommissioned));
        _world.Status(instance, TaskState.TaskFailed, status => status.Message = "Command terminated with signal Terminated");

        Assert.Empty(_world.Core.View(_world.Now).Failures);
    }

    [Theory]
    [InlineData(TaskState.TaskFailed, null, "Command exited with status 7", "exit", 7, null)]
    [InlineData(TaskState.TaskFinished, null, "Command exited with status 0", "exit", 0, null)]
    [InlineData(TaskState.TaskFailed, Reason.CommandExecutorFailed, "Command terminated with signal Segmentation fault (core dumped)", "signal", null, 11)]
    [InlineData(TaskState.TaskFailed, Reason.ContainerLimitationMemory, "Memory limit exceeded", "oom", null, null)]
    [InlineData(TaskState.TaskFailed, Reason.ContainerLaunchFailed, "Failed to launch container: Failed to fetch 'http://x/app.tgz': 404", "fetch", null, null)]
    [InlineData(TaskState.TaskFailed, Reason.ContainerLaunchFailed, "Failed to launch container: no such user", "launch", null, null)]
    [InlineData(TaskState.TaskError, Reason.TaskInvalid, "Task has no command", "launch", null, null)]
    [InlineData(TaskState.TaskDropped, Reason.ExecutorTerminated, "Failed to create executor directory", "launch", null, null)]
    public void CrashLoop_ByItsLastStatus_IsOfAKind(TaskState state, Reason? reason, string message, string kind, int? exit, int? signal)
    {
        for (var count = 1; count <= 3; count++)
        {
            Assert.Empty(_world.Core.View(_world.Now).CrashLoops);
            Fail(state, reason, message);
        }

        var loop = _world.Core.View(_world.Now).CrashLoops[_app.Id];
        Assert.Equal((kind, exit, signal, 3, message), (loop.Kind, loop.ExitCode, loop.Signal, loop.Count, loop.Message));
        Assert.Equal(LifeWorld.Start, loop.Since);
        Assert.True(loop.Backoff > TimeSpan.Zero);
        Assert.Equal(new ServiceEvent.CrashLooped(_app.Id, kind, 3, message), Assert.Single(_world.Events.OfType<ServiceEvent.CrashLooped>()));
    }

    [Fact]
    public void PodThatFails_TellsWhatItsFirstContainerSaid()
    {
        var pod = _world.Spec(TestSpecs.Pod("/pod", "a", "b"));
        var instance = _world.Launched(pod)[0];
        _world.Status(instance.Tasks[0].Id, TaskState.TaskFailed, status => status.Message = "Command exited with status 7");
        _world.Status(instance.Tasks[1].Id, TaskState.TaskKilled, status => status.Message = "A task within the task group was killed");

        var failure = _world.Core.View(_world.Now).Failures[pod.Id];
        Assert.Equal(("Command exited with status 7", TaskState.TaskFailed, instance.Tasks[0].Id), (failure.Message, failure.State, failure.Task));
    }

    [Fact]
    public void CrashLoop_IsToldOnce()
    {
        var told = 0;
        for (var count = 0; count < 10; count++)
        {
            Fail(TaskState.TaskFailed, null, "Command exited with status 7");
            told += _world.Events.OfType<ServiceEvent.CrashLooped>().Count();
        }

        Assert.Equal(1, told);
        Assert.Equal(10, _world.Core.View(_world.Now).CrashLoops[_app.Id].Count);
    }

    [Fact]
    public void Failure_AfterAMinuteOfRunning_BeginsANewRow()
    {
        Fail(TaskState.TaskFailed, null, "Command exited with status 7");
        Fail(TaskState.TaskFailed, null, "Command exited with status 7");
        var instance = Next();
        _world.Wait(LifeWorld.Seconds(60));
        _world.Status(instance, TaskState.TaskFailed);

        Assert.Empty(_world.Core.View(_world.Now).CrashLoops);
    }

    [Fact]
    public void CrashLoop_IsOverAfterAMinuteOfRunning()
    {
        for (var count = 0; count < 3; count++)
        {
            Fail(TaskState.TaskFailed, null, "Command exited with status 7");
        }

        Next();
        _world.Wait(LifeWorld.Seconds(59));
        Assert.Single(_world.Core.View(_world.Now).CrashLoops);
        _world.Wait(LifeWorld.Seconds(1));
        Assert.Empty(_world.Core.View(_world.Now).CrashLoops);
    }

    [Fact]
    public void CrashLoop_ByFailingChecks_IsOfKindCheck()
    {
        var app = _world.Spec(TestSpecs.App("/checked") with { HealthChecks = [TestSpecs.HttpCheck(max: 1)] });
        for (var count = 0; count < 3; count++)
        {
            var instance = _world.Running(app)[0];
            _world.Checked(instance, success: true);
            _world.Checked(instance, success: false);
            _world.Checked(instance, success: false);
            _world.Status(instance, TaskState.TaskKilled);
        }

        Assert.Equal("check", _world.Core.View(_world.Now).CrashLoops[app.Id].Kind);
    }

    [Fact]
    public void CheckFailures_AfterLongHealth_AreNoRow()
    {
        var app = _world.Spec(TestSpecs.App("/checked") with { HealthChecks = [TestSpecs.HttpCheck(max: 1)] });
        for (var count = 0; count < 4; count++)
        {
            var instance = _world.Running(app)[0];
            _world.Checked(instance, success: true);
            _world.Wait(LifeWorld.Seconds(60));
            _world.Checked(instance, success: true);
            _world.Checked(instance, success: false);
            _world.Checked(instance, success: false);
            _world.Status(instance, TaskState.TaskKilled);
        }

        Assert.Empty(_world.Core.View(_world.Now).CrashLoops);
    }

    [Fact]
    public void Failures_OfAnAppThatIsGone_AreForgotten()
    {
        Fail(TaskState.TaskFailed, null, "Command exited with status 7");
        Assert.Contains(StoreKeys.Failure(_app.Id), _world.Store.Keys);

        _world.Inside(turn => turn.State.Catalog.Change(turn, turn.State.Catalog.Tree.WithoutSpec(_app.Id, turn.NextVersion())));
        _world.Step(new ServicesInput.Tick());

        Assert.DoesNotContain(StoreKeys.Failure(_app.Id), _world.Store.Keys);
        Assert.Empty(_world.Core.View(_world.Now).Failures);
    }

    [Theory]
    [InlineData(TaskState.TaskGone, null)]
    [InlineData(TaskState.TaskDropped, Reason.AgentDraining)]
    public void AgentThatLeaves_IsNoCrash(TaskState state, Reason? reason)
    {
        for (var count = 0; count < 5; count++)
        {
            Fail(state, reason, "");
        }

        Assert.Empty(_world.Core.View(_world.Now).CrashLoops);
    }

    private void Fail(TaskState state, Reason? reason, string message) => _world.Status(Next(), state, status =>
    {
        status.Message = message;
        if (reason is { } known)
        {
            status.Reason = known;
        }
    });

    // What waits after a failure is put aside: its place is taken by one that runs already.
    private Instance Next()
    {
        foreach (var waiting in _world.Core.State.Instances.Of(_app.Id).All.ToList())
        {
            _world.Inside(turn => turn.State.Kills.End(turn, waiting, Goal.Decommissioned));
        }

        return _world.Running(_app)[0];
    }
}
