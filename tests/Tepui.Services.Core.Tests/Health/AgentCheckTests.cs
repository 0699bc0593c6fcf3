using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Services.Core.Tests.Health;

/// <summary>Checks made by agents, of which task statuses tell: the agent knows the grace period, the scheduler counts.</summary>
public class AgentCheckTests
{
    private readonly LifeWorld _world = new LifeWorld().Subscribed();
    private readonly Instance _instance;

    public AgentCheckTests() => _instance = _world.Running(_world.Spec(TestSpecs.App() with { HealthChecks = [TestSpecs.CommandCheck()] }))[0];

    [Fact]
    public void Report_OfHealth_IsTakenOver()
    {
        Assert.Empty(_world.Effects.OfType<ServicesEffect.StartHealthChecks>());

        _world.Reported(_instance, healthy: true);
        Assert.True(_world.Find(_instance)!.Healthy);
        _world.Reported(_instance, healthy: false);
        Assert.False(_world.Find(_instance)!.Healthy);
        Assert.False(Assert.Single(_world.Events.OfType<ServiceEvent.HealthStatusChanged>()).Alive);
    }

    [Fact]
    public void Reports_AsManyAsTheMost_EndTheInstance()
    {
        _world.Reported(_instance, healthy: false);
        _world.Reported(_instance, healthy: false);
        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);

        _world.Reported(_instance, healthy: false);

        Assert.Equal(Condition.Killing, _world.Find(_instance)!.Condition);
        Assert.Single(_world.Events.OfType<ServiceEvent.UnhealthyInstanceKilled>());
    }

    [Fact]
    public void Report_ThatComesAgain_CountsOnce()
    {
        var status = _world.Status(_instance, TaskState.TaskRunning, status =>
        {
            status.Healthy = false;
            status.Reason = Reason.TaskHealthCheckStatusUpdated;
        });

        for (var count = 0; count < 10; count++)
        {
            _world.Step(new ServicesInput.Updated(status));
        }

        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);
    }

    [Fact]
    public void OtherUpdates_ThatRepeatTheHealth_CountNothing()
    {
        _world.Reported(_instance, healthy: false);

        for (var count = 0; count < 10; count++)
        {
            _world.Status(_instance, TaskState.TaskRunning, status =>
            {
                status.Healthy = false;
                status.Reason = Reason.TaskCheckStatusUpdated;
            });
        }

        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);
    }

    [Fact]
    public void Agent_ThatReportsOnlyChanges_IsCountedByTime()
    {
        _world.Reported(_instance, healthy: false);

        _world.Wait(LifeWorld.Seconds(44));
        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);
        _world.Wait(LifeWorld.Seconds(1));

        Assert.Equal(Condition.Killing, _world.Find(_instance)!.Condition);
    }

    [Fact]
    public void Failure_UnderTimingBeyondAllReason_IsTakenOver()
    {
        var ages = LifeWorld.Seconds(int.MaxValue);
        var check = TestSpecs.CommandCheck() with { Timing = new(ages, ages, ages, ages, int.MaxValue) };
        var instance = _world.Running(_world.Spec(TestSpecs.App("/patient") with { HealthChecks = [check] }))[0];

        _world.Reported(instance, healthy: false);

        Assert.Equal((false, Condition.Running), (_world.Find(instance)!.Healthy, _world.Find(instance)!.Condition));
    }

    [Fact]
    public void Results_AreTheSameListUntilThereIsAnother()
    {
        _world.Reported(_instance, healthy: true);
        var before = _world.Core.View(_world.Now).Health[_instance.Id];

        Assert.Same(before, _world.Core.View(_world.Now).Health[_instance.Id]);
        _world.Reported(_instance, healthy: false);

        Assert.False(Assert.Single(_world.Core.View(_world.Now).Health[_instance.Id]).Alive);
        Assert.True(Assert.Single(before).Alive);
    }

    [Fact]
    public void Agent_ThatReportsOnlyChanges_MayReportRecovery()
    {
        _world.Reported(_instance, healthy: false);
        _world.Wait(LifeWorld.Seconds(44));
        _world.Reported(_instance, healthy: true);

        _world.Wait(LifeWorld.Seconds(100));

        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);
    }

    [Fact]
    public void Time_WhileCutOff_CountsNothing()
    {
        _world.Reported(_instance, healthy: false);
        _world.Step(new ServicesInput.Disconnected());
        _world.Wait(LifeWorld.Seconds(300));
        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);

        _world.Subscribed();
        _world.Wait(LifeWorld.Seconds(44));
        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);
        _world.Wait(LifeWorld.Seconds(46));
        Assert.Equal(Condition.Killing, _world.Find(_instance)!.Condition);
    }

    [Fact]
    public void Pod_WithAnUnhealthyContainer_IsReplacedAsAWhole()
    {
        var check = new PodHealthCheck { Shell = "true", Timing = new(TimeSpan.Zero, LifeWorld.Seconds(10), LifeWorld.Seconds(5), TimeSpan.Zero, 2) };
        var spec = TestSpecs.Pod("/pod", "web", "log");
        var pod = _world.Running(_world.Spec(spec with { Containers = [spec.Containers[0] with { HealthCheck = check }, spec.Containers[1]] }))[0];

        _world.Reported(pod, healthy: true);
        Assert.True(_world.Find(pod)!.Healthy);
        _world.Reported(pod, healthy: false);
        _world.Reported(pod, healthy: false);

        Assert.Equal(2, _world.Kills.Count());
    }
}
