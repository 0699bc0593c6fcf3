using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Health;

public class ReadinessTests
{
    private static readonly ReadinessCheck Check = new("readinessCheck", IsHttps: false, "/", "http", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), [200], PreserveLastResponse: false);

    private readonly LifeWorld _world = new LifeWorld().Subscribed();

    [Fact]
    public void Instance_WithoutCheck_IsReadyOnceItRuns()
    {
        Assert.True(_world.Running(_world.Spec(TestSpecs.App()))[0].Ready);
    }

    [Fact]
    public void Instance_OutsideADeployment_IsReadyOnceItRuns()
    {
        Assert.True(_world.Running(_world.Spec(App()))[0].Ready);
        Assert.Empty(_world.Effects.OfType<ServicesEffect.StartReadinessCheck>());
    }

    [Fact]
    public void Instance_InADeployment_IsReadyAtTheFirstSuccess()
    {
        var instance = _world.RunWaiting(_world.Deployed(App()))[0];
        Assert.False(instance.Ready);
        var start = Assert.Single(_world.Effects.OfType<ServicesEffect.StartReadinessCheck>());
        Assert.Equal((instance.Tasks[0].Id, instance.Host!.Hostname, instance.Tasks[0].HostPorts[0]!.Value), (start.Task, start.Host, start.Port));

        _world.Step(new ServicesInput.ReadinessChecked(instance.Id, new("readinessCheck", instance.Tasks[0].Id.Value, Ready: false, 503, "text/plain", "no")));
        Assert.False(_world.Find(instance)!.Ready);
        Assert.Equal(503, Assert.Single(Assert.Single(_world.Core.View(_world.Now).Deployments[0].Progress).Readiness).Status);
        _world.Step(new ServicesInput.ReadinessChecked(instance.Id, new("readinessCheck", instance.Tasks[0].Id.Value, Ready: true, 200, "text/plain", "yes")));

        Assert.True(_world.Find(instance)!.Ready);
        Assert.Empty(_world.Core.State.Deployments.Running);
    }

    [Fact]
    public void Deployment_ThatIsOver_KeepsNeitherTreesNorAnswers()
    {
        var app = _world.Deployed(App());
        var instance = _world.RunWaiting(app)[0];
        _world.Step(new ServicesInput.ReadinessChecked(instance.Id, new("readinessCheck", instance.Tasks[0].Id.Value, Ready: false, 503, "text/plain", "no")));
        Assert.NotNull(_world.Core.State.Health.Readiness(instance.Id));

        _world.Request(new ServicesCommand.CancelDeployment(_world.Core.State.Deployments.Running[0].Id) { Force = true });
        _world.Step(new ServicesInput.ReadinessChecked(instance.Id, new("readinessCheck", instance.Tasks[0].Id.Value, Ready: true, 200, "text/plain", "yes")));

        Assert.Null(_world.Core.State.Health.Readiness(instance.Id));
        Assert.True(_world.Find(instance)!.Ready);
        var over = Assert.Single(_world.Core.View(_world.Now).Finished);
        Assert.Empty(over.Target.Specs);
        Assert.Equal([app.Id], over.AffectedApps);
        Assert.Empty(Assert.Single(over.Progress).Readiness);
    }

    private static AppSpec App() => TestSpecs.App() with
    {
        PortDefinitions = [new(10000, "http", "tcp", new Dictionary<string, string>())],
        ReadinessChecks = [Check],
    };
}
