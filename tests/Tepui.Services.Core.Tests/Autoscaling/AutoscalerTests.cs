using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Tests.Autoscaling;

public class AutoscalerTests
{
    private static readonly AutoscalingPolicy Cpu = new(1, 10, ScalingMetric.Cpu, 50, Url: null, "", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(300));

    private readonly LifeWorld _world = new LifeWorld().Subscribed();

    [Fact]
    public void App_WithAPolicy_IsMeasuredEveryInterval()
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });

        _world.Wait(LifeWorld.Seconds(14));
        Assert.Empty(Measures());
        _world.Wait(LifeWorld.Seconds(1));
        var measure = Assert.Single(Measures());
        Assert.Equal((app.Id, Cpu, 2), (measure.App, measure.Policy, measure.Tasks.Count));
        _world.Wait(LifeWorld.Seconds(30));
        Assert.Equal(2, Measures().Count);
    }

    [Fact]
    public void Load_AboveTheTarget_AddsInstances()
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });

        Measured(app, 90);

        Assert.Equal(4, Count(app));
        Assert.Equal(new ServiceEvent.Autoscaled(app.Id, 2, 4, 90, "CPU use 90 % of the request, target 50 %"), Assert.Single(_world.Events.OfType<ServiceEvent.Autoscaled>()));
        Assert.Equal(new ScalingDecision(_world.Now, 2, 4, 90, "CPU use 90 % of the request, target 50 %"), Decision(app));
        Assert.Equal(app.LastConfigChangeAt, _world.Core.State.Catalog.Tree.App(app.Id)!.LastConfigChangeAt);
    }

    [Fact]
    public void Increase_SoonAfterAnother_WaitsForItsCooldown()
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });
        Measured(app, 90);
        _world.RunWaiting(app);

        _world.Wait(LifeWorld.Seconds(59));
        Measured(app, 90);
        Assert.Equal(4, Count(app));
        Assert.Contains("8 instances, but not before 2026-03-02T12:01:00Z", Decision(app).Reason, StringComparison.Ordinal);

        _world.Wait(LifeWorld.Seconds(1));
        Measured(app, 90);
        Assert.Equal(8, Count(app));
    }

    [Fact]
    public void Decrease_WaitsLongerAfterAnyChange()
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });
        Measured(app, 90);
        _world.RunWaiting(app);

        _world.Wait(LifeWorld.Seconds(299));
        Measured(app, 10);
        Assert.Equal(4, Count(app));
        _world.Wait(LifeWorld.Seconds(1));
        Measured(app, 10);
        Assert.Equal(1, Count(app));
    }

    [Fact]
    public void Load_NearTheTarget_ChangesNothing()
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });

        Measured(app, 54);

        Assert.Equal(2, Count(app));
        Assert.Equal(new ScalingDecision(_world.Now, 2, 2, 54, "CPU use 54 % of the request, target 50 %, near enough"), Decision(app));
        Assert.DoesNotContain(StoreKeys.Scaling(app.Id), _world.Store.Keys);
    }

    [Theory]
    [InlineData(null, "connection refused", "load is not known: connection refused")]
    [InlineData(double.NaN, null, "load is not known: NaN is no load")]
    [InlineData(-1.0, null, "load is not known: -1 is no load")]
    public void Load_ThatIsNotKnown_ChangesNothing(double? value, string? problem, string reason)
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });

        _world.Step(new ServicesInput.Measured(app.Id, value, problem));

        Assert.Equal(2, Count(app));
        Assert.Equal(reason, Decision(app).Reason);
    }

    [Fact]
    public void App_InADeployment_IsLeftAlone()
    {
        var app = _world.Deployed(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });
        var first = _world.LaunchWaiting(app)[0];
        _world.Status(first, Protocol.V1.TaskState.TaskRunning);
        Assert.Single(_world.Core.State.Deployments.Running);

        Measured(app, 200);

        Assert.Equal(2, Count(app));
        Assert.EndsWith("once the deployment under way is over", Decision(app).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cooldown_SurvivesARestart()
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });
        Measured(app, 90);
        _world.RunWaiting(app);
        var decision = Decision(app);

        _world.Restart();
        _world.Subscribed();
        Assert.Equal(decision, Decision(app));
        _world.Wait(LifeWorld.Seconds(30));
        Measured(app, 90);

        Assert.Equal(4, Count(app));
    }

    [Fact]
    public void Policy_ThatIsRemoved_MeasuresNoMore()
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu });
        Measured(app, 90);
        _world.RunWaiting(app);

        _world.Deployed(app with { Instances = 4, Autoscaling = null });
        _world.Wait(LifeWorld.Seconds(60));

        Assert.Empty(Measures());
        Assert.Empty(_world.Core.View(_world.Now).Scaling);
        Assert.DoesNotContain(StoreKeys.Scaling(app.Id), _world.Store.Keys);
    }

    [Fact]
    public void Bounds_HoldAtOnce()
    {
        var app = Start(TestSpecs.App(instances: 2) with { Autoscaling = Cpu with { MinInstances = 3 } });

        Measured(app, 50);

        Assert.Equal(3, Count(app));
    }

    private AppSpec Start(AppSpec spec)
    {
        var app = _world.Deployed(spec);
        _world.RunWaiting(app);
        return app;
    }

    private void Measured(AppSpec app, double value) => _world.Step(new ServicesInput.Measured(app.Id, value, Problem: null));

    private int Count(AppSpec app) => _world.Core.State.Catalog.Tree.Spec(app.Id)!.Instances;

    private ScalingDecision Decision(AppSpec app) => _world.Core.View(_world.Now).Scaling[app.Id];

    private List<ServicesEffect.Measure> Measures() => [.. _world.Effects.OfType<ServicesEffect.Measure>()];
}
