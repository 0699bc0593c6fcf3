using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Health;

/// <summary>Checks made by the scheduler: a grace period, failures in a row, one more than allowed ends the instance.</summary>
public class SchedulerCheckTests
{
    private readonly LifeWorld _world = new LifeWorld().Subscribed();
    private readonly AppSpec _app;
    private readonly Instance _instance;

    public SchedulerCheckTests()
    {
        _app = _world.Spec(TestSpecs.App() with { HealthChecks = [TestSpecs.HttpCheck()] });
        _instance = _world.Running(_app)[0];
    }

    [Fact]
    public void Instance_ThatRuns_IsChecked()
    {
        var start = Assert.Single(_world.Effects.OfType<ServicesEffect.StartHealthChecks>());

        Assert.Equal(_instance.Id, start.Instance);
        Assert.Equal(_instance.Host!.Hostname, start.Host);
        Assert.Equal(new HealthProbe(0, _app.HealthChecks[0], _instance.Tasks[0].HostPorts[0]!.Value), Assert.Single(start.Probes));
        Assert.Equal(_app.HealthChecks[0], Assert.Single(_world.Events.OfType<ServiceEvent.HealthCheckAdded>()).Check);
        Assert.Null(_instance.Healthy);
    }

    [Fact]
    public void Success_MakesHealthy()
    {
        _world.Checked(_instance, success: true);

        Assert.True(_world.Find(_instance)!.Healthy);
        Assert.True(Assert.Single(_world.Events.OfType<ServiceEvent.HealthStatusChanged>()).Alive);
        Assert.Single(_world.Events.OfType<ServiceEvent.InstanceHealthChanged>());
        _world.Checked(_instance, success: true);
        Assert.Empty(_world.Effects);
    }

    [Fact]
    public void Failure_InTheGracePeriod_IsNoResult()
    {
        _world.Wait(LifeWorld.Seconds(59));
        _world.Checked(_instance, success: false);
        Assert.Empty(_world.Effects);
        Assert.Null(_world.Find(_instance)!.Healthy);

        _world.Wait(LifeWorld.Seconds(1));
        _world.Checked(_instance, success: false);
        Assert.False(_world.Find(_instance)!.Healthy);
    }

    [Fact]
    public void Failure_InTheGracePeriodAfterASuccess_Counts()
    {
        _world.Checked(_instance, success: true);
        _world.Checked(_instance, success: false, cause: "503");

        Assert.False(_world.Find(_instance)!.Healthy);
        var result = Assert.Single(_world.Core.View(_world.Now).Health[_instance.Id]);
        Assert.Equal((false, 1, "503"), (result.Alive, result.ConsecutiveFailures, result.LastFailureCause));
        Assert.Equal((_world.Now, _world.Now), (result.FirstSuccess, result.LastFailure));
    }

    [Fact]
    public void Failures_UpToTheMost_OnlyAreTold()
    {
        Fail(3);

        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);
        Assert.Equal(_app.HealthChecks[0], Assert.Single(_world.Events.OfType<ServiceEvent.HealthCheckFailed>()).Check);
    }

    [Fact]
    public void Failures_OneMoreThanTheMost_EndTheInstance()
    {
        Fail(4);

        var told = Assert.Single(_world.Events.OfType<ServiceEvent.UnhealthyInstanceKilled>());
        Assert.Equal((_instance.Id, _instance.Tasks[0].Id, _instance.Host!.Hostname), (told.Instance, told.Task, told.Host));
        Assert.Contains("health check 0 (HTTP /ready) failed 4 times in a row: refused", told.Reason, StringComparison.Ordinal);
        Assert.Equal(_instance.Tasks[0].Id, Assert.Single(_world.Kills).Task);
        Assert.Equal(new ServicesEffect.StopChecks(_instance.Id), Assert.Single(_world.Effects.OfType<ServicesEffect.StopChecks>()));
        Assert.Equal(1, _world.Core.View(_world.Now).Counters["instances.unhealthy-killed"]);
        Assert.Equal(4, _world.Core.View(_world.Now).Counters["instances.failed-health-checks"]);
        Assert.Contains("failed 4 times", _world.Core.View(_world.Now).Failures[_app.Id].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_WithASuccessBetween_StartAnew()
    {
        Fail(3);
        _world.Checked(_instance, success: true);
        Fail(3);

        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);
    }

    [Fact]
    public void Failures_WhileUnreachable_EndNothing()
    {
        var app = _world.Spec(TestSpecs.App("/far") with { HealthChecks = [TestSpecs.HttpCheck()], Unreachable = null });
        var instance = _world.Running(app)[0];
        _world.Checked(instance, success: true);
        _world.Status(instance, TaskState.TaskUnreachable);

        for (var count = 0; count < 20; count++)
        {
            _world.Checked(instance, success: false);
        }

        Assert.Equal(Condition.Unreachable, _world.Find(instance)!.Condition);
        Assert.False(_world.Find(instance)!.Healthy);
        _world.Status(instance, TaskState.TaskRunning);
        _world.Checked(instance, success: false);
        Assert.Equal(Condition.Running, _world.Find(instance)!.Condition);
    }

    [Fact]
    public void Failures_WithoutAMost_EndNothing()
    {
        var app = _world.Spec(TestSpecs.App("/never") with { HealthChecks = [TestSpecs.HttpCheck(max: 0)] });
        var instance = _world.Running(app)[0];
        _world.Wait(LifeWorld.Seconds(60));

        for (var count = 0; count < 50; count++)
        {
            _world.Checked(instance, success: false);
        }

        Assert.Equal(Condition.Running, _world.Find(instance)!.Condition);
        Assert.False(_world.Find(instance)!.Healthy);
    }

    [Fact]
    public void Health_OverARestart_IsKeptUntilThereIsSomethingNewer()
    {
        _world.Checked(_instance, success: true);

        _world.Restart();
        Assert.True(_world.Find(_instance)!.Healthy);
        _world.Subscribed();

        Assert.Single(_world.Effects.OfType<ServicesEffect.StartHealthChecks>());
        Assert.True(_world.Find(_instance)!.Healthy);
        _world.Checked(_instance, success: false);
        Assert.False(_world.Find(_instance)!.Healthy);
        Assert.Equal(Condition.Running, _world.Find(_instance)!.Condition);
    }

    [Fact]
    public void Health_WithTwoChecks_NeedsBoth()
    {
        var app = _world.Spec(TestSpecs.App("/two") with { HealthChecks = [TestSpecs.HttpCheck(), TestSpecs.HttpCheck()] });
        var instance = _world.Running(app)[0];

        _world.Checked(instance, success: true, check: 0);
        Assert.Null(_world.Find(instance)!.Healthy);
        _world.Checked(instance, success: true, check: 1);
        Assert.True(_world.Find(instance)!.Healthy);
        _world.Checked(instance, success: false, check: 1);
        Assert.False(_world.Find(instance)!.Healthy);
    }

    [Fact]
    public void Result_OfAnInstanceThatIsOver_IsIgnored()
    {
        _world.Status(_instance, TaskState.TaskFailed);
        Assert.Single(_world.Events.OfType<ServiceEvent.HealthCheckRemoved>());

        _world.Checked(_instance, success: false);

        Assert.Empty(_world.Effects);
    }

    [Fact]
    public void Probe_InAContainerNetwork_GoesToTheContainer()
    {
        var container = new AppContainer { PortMappings = [new(8080, HostPort: null, 10000, "tcp", Name: null, new Dictionary<string, string>(), [])] };
        var app = _world.Spec(TestSpecs.App("/inner") with { HealthChecks = [TestSpecs.HttpCheck()], Container = container });
        var instance = _world.Launched(app)[0];
        _world.Inside(turn => turn.State.Instances.Replace(turn, instance with { Tasks = [instance.Tasks[0] with { HostPorts = [null] }] }));

        _world.Status(instance, TaskState.TaskRunning, status =>
            status.ContainerStatus = new() { NetworkInfos = { new NetworkInfo { IpAddresses = { new NetworkInfo.Types.IPAddress { IpAddress = "172.16.0.9" } } } } });

        var start = Assert.Single(_world.Effects.OfType<ServicesEffect.StartHealthChecks>());
        Assert.Equal(("172.16.0.9", 8080), (start.Host, Assert.Single(start.Probes).Port));
    }

    private void Fail(int times)
    {
        _world.Wait(LifeWorld.Seconds(60));
        for (var count = 0; count < times; count++)
        {
            _world.Wait(LifeWorld.Seconds(10));
            _world.Checked(_instance, success: false, cause: "refused");
        }
    }
}
