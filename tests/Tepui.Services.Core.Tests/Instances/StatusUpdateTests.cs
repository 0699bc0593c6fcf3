using Tepui.Model.Identifiers;
using Tepui.Protocol.Services;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Tests.Building;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Services.Core.Tests.Instances;

public class StatusUpdateTests
{
    private readonly LifeWorld _world = new LifeWorld().Subscribed();

    [Fact]
    public void Update_FromStagingToRunning_MovesTheInstanceAlong()
    {
        var instance = _world.Launched(_world.Spec(TestSpecs.App()))[0];

        _world.Status(instance, TaskState.TaskStaging);
        Assert.Equal(Condition.Staging, _world.Find(instance)!.Condition);
        _world.Status(instance, TaskState.TaskStarting);
        Assert.Equal(Condition.Starting, _world.Find(instance)!.Condition);
        _world.Wait(LifeWorld.Seconds(1));
        _world.Status(instance, TaskState.TaskRunning, status =>
        {
            status.Timestamp = (LifeWorld.Start + LifeWorld.Seconds(0.5)).ToUnixTimeMilliseconds() / 1000.0;
            status.ContainerStatus = new() { NetworkInfos = { new NetworkInfo { IpAddresses = { new NetworkInfo.Types.IPAddress { IpAddress = "10.0.0.7" } } } } };
        });

        var running = _world.Find(instance)!;
        Assert.Equal(Condition.Running, running.Condition);
        Assert.Equal(LifeWorld.Start + LifeWorld.Seconds(0.5), running.Tasks[0].StartedAt);
        Assert.Equal(running.Tasks[0].StartedAt, running.ActiveSince);
        Assert.Equal(["10.0.0.7"], running.Tasks[0].Addresses);
        Assert.True(running.Ready);
        Assert.Equal(TaskState.TaskRunning, Assert.Single(_world.Events.OfType<ServiceEvent.StatusUpdated>()).Status.State);
    }

    [Fact]
    public void Update_OfAnyKind_IsAcknowledgedAfterWhatItChangedIsPersisted()
    {
        var instance = _world.Launched(_world.Spec(TestSpecs.App()))[0];

        var status = _world.Status(instance, TaskState.TaskRunning);

        Assert.Equal(status, Assert.IsType<ServicesEffect.Acknowledge>(_world.Effects[^1]).Status);
        Assert.Contains(_world.Effects, effect => effect is ServicesEffect.Persist { Entry: InstanceEntry { Condition: (int)Condition.Running } });
    }

    [Fact]
    public void Update_WithoutUuid_NeedsNoAcknowledgement()
    {
        var instance = _world.Launched(_world.Spec(TestSpecs.App()))[0];

        _world.Status(instance, TaskState.TaskRunning, status => status.ClearUuid());

        Assert.DoesNotContain(_world.Effects, effect => effect is ServicesEffect.Acknowledge);
    }

    [Fact]
    public void Update_ThatComesAgain_OnlyIsAcknowledged()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];

        _world.Status(instance, TaskState.TaskRunning);

        Assert.IsType<ServicesEffect.Acknowledge>(Assert.Single(_world.Effects));
    }

    [Fact]
    public void Update_OlderThanWhatIsKnown_ChangesNothing()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];

        _world.Status(instance, TaskState.TaskStaging);

        Assert.Equal(Condition.Running, _world.Find(instance)!.Condition);
        Assert.IsType<ServicesEffect.Acknowledge>(Assert.Single(_world.Effects));
    }

    [Theory]
    [InlineData(TaskState.TaskFinished, Condition.Finished)]
    [InlineData(TaskState.TaskFailed, Condition.Failed)]
    [InlineData(TaskState.TaskKilled, Condition.Killed)]
    [InlineData(TaskState.TaskError, Condition.Error)]
    [InlineData(TaskState.TaskDropped, Condition.Dropped)]
    [InlineData(TaskState.TaskGone, Condition.Gone)]
    [InlineData(TaskState.TaskGoneByOperator, Condition.Gone)]
    [InlineData(TaskState.TaskUnknown, Condition.Unknown)]
    public void Update_OfTheEnd_RemovesTheInstance(TaskState state, Condition condition)
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];

        _world.Status(instance, state);

        Assert.Null(_world.Find(instance));
        Assert.Contains(_world.Events, happened => happened is ServiceEvent.InstanceChanged changed && changed.Instance == instance.Id && changed.Condition == condition);
        Assert.DoesNotContain(StoreKeys.Instance(instance.Id), _world.Store.Keys);
    }

    [Theory]
    [InlineData(Reason.Reconciliation, Condition.UnreachableInactive)]
    [InlineData(Reason.AgentDisconnected, Condition.UnreachableInactive)]
    [InlineData(Reason.AgentRemoved, Condition.UnreachableInactive)]
    [InlineData(Reason.TaskUnknown, Condition.Unknown)]
    [InlineData(Reason.ContainerPreempted, Condition.Gone)]
    public void Lost_ByItsReason_MeansUnreachableUnknownOrGone(Reason reason, Condition condition)
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];

        _world.Status(instance, TaskState.TaskLost, status => status.Reason = reason);

        Assert.Contains(_world.Events, happened => happened is ServiceEvent.InstanceChanged changed && changed.Instance == instance.Id && changed.Condition == condition);
    }

    [Fact]
    public void Pod_WithSeveralTasks_RunsOnceAllDoAndEndsOnceAllHave()
    {
        var pod = _world.Launched(_world.Spec(TestSpecs.Pod("/pod", "web", "log")))[0];

        _world.Status(pod.Tasks[0].Id, TaskState.TaskRunning);
        Assert.Equal(Condition.Staging, _world.Find(pod)!.Condition);
        _world.Status(pod.Tasks[1].Id, TaskState.TaskRunning);
        Assert.Equal(Condition.Running, _world.Find(pod)!.Condition);

        _world.Status(pod.Tasks[1].Id, TaskState.TaskFailed);
        Assert.Equal(Condition.Killing, _world.Find(pod)!.Condition);
        _world.Status(pod.Tasks[0].Id, TaskState.TaskKilled);
        Assert.Null(_world.Find(pod));
        Assert.Contains(_world.Events, happened => happened is ServiceEvent.InstanceChanged { Condition: Condition.Failed });
        Assert.Equal(pod.Id, Assert.Single(_world.Core.View(_world.Now).Terminated[pod.Spec]).Id);
    }

    [Fact]
    public void Pod_WhoseOneContainerFinishes_GoesOn()
    {
        var pod = _world.Running(_world.Spec(TestSpecs.Pod("/pod", "web", "init")))[0];

        _world.Status(pod.Tasks[1].Id, TaskState.TaskFinished);

        Assert.Equal(Condition.Running, _world.Find(pod)!.Condition);
    }

    [Theory]
    [InlineData(TaskState.TaskRunning)]
    [InlineData(TaskState.TaskStaging)]
    public void UnknownTask_ThatLives_IsKilled(TaskState state)
    {
        var task = new TaskId("web.instance-6f1a1d2c-0b1c-11ee-8c99-0242ac120002._app.1");

        _world.Status(task, state, status => status.AgentId = new() { Value = "agent-9" });

        Assert.Equal(new ServicesEffect.Kill(task, new AgentId("agent-9"), Grace: null), Assert.Single(_world.Kills));
        Assert.IsType<ServicesEffect.Acknowledge>(_world.Effects[^1]);
    }

    [Fact]
    public void UnknownTask_ThatEnds_IsTold()
    {
        _world.Status(new TaskId("a_web.instance-6f1a1d2c-0b1c-11ee-8c99-0242ac120002._app.1"), TaskState.TaskKilled);

        var told = Assert.IsType<ServiceEvent.UnknownInstanceTerminated>(Assert.Single(_world.Events));
        Assert.Equal("/a/web", told.Spec.Value);
        Assert.Equal(Condition.Killed, told.Condition);
        Assert.Empty(_world.Kills);
    }

    [Fact]
    public void EarlierLaunch_OfAKnownInstance_IsKilledToo()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];

        _world.Status(new TaskId(instance.Id.Value + "._app.0"), TaskState.TaskRunning);

        Assert.Single(_world.Kills);
        Assert.Equal(Condition.Running, _world.Find(instance)!.Condition);
    }

    [Fact]
    public void AcceptFailed_AsksTheMasterAndTakesNothingForGranted()
    {
        var instance = _world.Launched(_world.Spec(TestSpecs.App()))[0];

        _world.Step(new ServicesInput.AcceptFailed([instance.Tasks[0].Id], "400 Bad Request"));

        var (task, agent) = Assert.Single(Assert.Single(_world.Effects.OfType<ServicesEffect.Reconcile>()).Tasks);
        Assert.Equal(instance.Tasks[0].Id, task);
        Assert.Equal(instance.Host!.Agent, agent);
        Assert.NotNull(_world.Find(instance));

        _world.Status(instance, TaskState.TaskUnknown, status => status.Reason = Reason.Reconciliation);
        Assert.Null(_world.Find(instance));
        Assert.Empty(_world.Core.View(_world.Now).Failures);
    }
}
