using Tepui.Protocol.Services;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Tests.Building;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Services.Core.Tests.Instances;

public class SessionTests
{
    private readonly LifeWorld _world = new();

    [Fact]
    public void Subscribed_FirstTime_KeepsTheFrameworkId()
    {
        _world.Subscribed();

        Assert.Equal("framework-1", ((FrameworkEntry)_world.Store[StoreKeys.Framework]).FrameworkId);
        Assert.Equal(new ServiceEvent.SchedulerRegistered("framework-1", "master:5050", Again: false), Assert.Single(_world.Events));
        Assert.Equal("master:5050", _world.Core.View(_world.Now).Master);
    }

    [Fact]
    public void Subscribed_WithInstances_AsksAboutThemAndThenAboutAll()
    {
        var spec = _world.Spec(TestSpecs.App(instances: 2));
        var launched = _world.Launched(spec)[0];
        var running = _world.Running(spec)[0];

        _world.Subscribed();

        var asked = _world.Effects.OfType<ServicesEffect.Reconcile>().ToList();
        Assert.Equal(2, asked.Count);
        Assert.Equal([launched.Tasks[0].Id, running.Tasks[0].Id], asked[0].Tasks.Select(item => item.Task));
        Assert.Empty(asked[1].Tasks);
    }

    [Fact]
    public void Reconciliation_WhileSubscribed_ComesEveryTenMinutes()
    {
        _world.Subscribed();
        _world.Running(_world.Spec(TestSpecs.App()));

        _world.Wait(TimeSpan.FromSeconds(599));
        Assert.Empty(_world.Effects.OfType<ServicesEffect.Reconcile>());
        _world.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _world.Effects.OfType<ServicesEffect.Reconcile>().Count());
        _world.Wait(TimeSpan.FromSeconds(600));
        Assert.Equal(2, _world.Effects.OfType<ServicesEffect.Reconcile>().Count());
    }

    [Fact]
    public void Reconciliation_OfALaunchUnderWay_Waits()
    {
        _world.Subscribed();
        _world.Wait(TimeSpan.FromSeconds(590));
        _world.Launched(_world.Spec(TestSpecs.App()));

        _world.Wait(TimeSpan.FromSeconds(10));

        Assert.Empty(Assert.Single(_world.Effects.OfType<ServicesEffect.Reconcile>()).Tasks);
    }

    [Fact]
    public void Disconnected_IsToldOnce()
    {
        _world.Subscribed();

        _world.Step(new ServicesInput.Disconnected());
        Assert.IsType<ServiceEvent.SchedulerDisconnected>(Assert.Single(_world.Events));
        _world.Step(new ServicesInput.Disconnected());
        Assert.Empty(_world.Events);
        Assert.Null(_world.Core.View(_world.Now).Master);
    }

    [Fact]
    public void Restart_LosesNothingAndStartsNothingTwice()
    {
        _world.Subscribed();
        var spec = _world.Spec(TestSpecs.App(instances: 3));
        var running = _world.Running(spec)[0];
        var known = _world.Launched(spec)[0];
        var never = _world.Launched(spec)[0];

        _world.Restart();
        _world.Subscribed();

        Assert.Equal(3, Assert.Single(_world.Effects.OfType<ServicesEffect.Reconcile>(), asked => asked.Tasks.Count > 0).Tasks.Count);
        _world.Status(running, TaskState.TaskRunning, status => status.Reason = Reason.Reconciliation);
        _world.Status(known, TaskState.TaskRunning, status => status.Reason = Reason.Reconciliation);
        _world.Status(never, TaskState.TaskUnknown, status => status.Reason = Reason.Reconciliation);
        Assert.Equal(running.Tasks[0].StartedAt, _world.Find(running)!.Tasks[0].StartedAt);
        Assert.Equal(Condition.Running, _world.Find(known)!.Condition);
        Assert.Null(_world.Find(never));
    }
}
