using System.Text.Json.Nodes;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests;

/// <summary>From request to running instances and back, through all features together.</summary>
public sealed class ServicesCoreTests
{
    private readonly WholeCore _core = new();

    [Fact]
    public void App_FromFirstToLast_RunsChangesScalesAndGoes()
    {
        _core.Put("""{"id": "/web", "cmd": "first", "cpus": 0.1, "mem": 16, "instances": 3}""");
        _core.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(3, _core.Running("/web"));

        _core.Put("""{"id": "/web", "cmd": "second"}""");
        _core.Pass(TimeSpan.FromSeconds(30));
        Assert.All(_core.View.InstancesOf(new("/web")), instance => Assert.Equal(_core.View.Tree.App(new("/web"))!.Version, instance.SpecVersion));

        _core.Put("""{"id": "/web", "instances": 5}""");
        _core.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(5, _core.Running("/web"));

        _core.Request(new ServicesCommand.DeleteApp(new("/web")));
        _core.Pass(TimeSpan.FromSeconds(10));
        Assert.Empty(_core.View.Instances);
        Assert.Empty(_core.View.Deployments);
        Assert.All(_core.View.Finished, deployment => Assert.Equal(DeploymentState.Succeeded, deployment.State));
        Assert.Equal(4, _core.View.Finished.Count);
    }

    [Fact]
    public void App_NewVersionCrashes_GoesBackByItself()
    {
        _core.Works = command => command != "broken";
        _core.Put("""{"id": "/web", "cmd": "fine", "cpus": 0.1, "mem": 16, "instances": 3, "deployment": {"failureThreshold": 2, "autoRollback": true}}""");
        _core.Pass(TimeSpan.FromSeconds(10));
        var there = _core.View.InstancesOf(new("/web")).Select(instance => instance.Id).ToList();

        _core.Put("""{"id": "/web", "cmd": "broken"}""");
        _core.Pass(TimeSpan.FromSeconds(60));

        Assert.Equal("fine", _core.View.Tree.App(new("/web"))!.Cmd);
        Assert.Equal(there, _core.View.InstancesOf(new("/web")).Select(instance => instance.Id));
        Assert.Equal(DeploymentState.RolledBack, _core.View.Finished[0].State);
    }

    [Fact]
    public void Group_DryRunWhileVersionsAreMixed_PlansAsTheRealRun()
    {
        _core.Works = command => command != "broken";
        _core.Put("""{"id": "/web", "cmd": "fine", "cpus": 0.1, "mem": 16, "instances": 2}""");
        _core.Pass(TimeSpan.FromSeconds(10));
        var stopped = _core.Put("""{"id": "/web", "cmd": "broken"}""");
        _core.Pass(TimeSpan.FromSeconds(3));
        _core.Request(new ServicesCommand.CancelDeployment(stopped.Deployment) { Force = true });
        Assert.True(_core.Running("/web") > 0);
        var body = JsonNode.Parse("""{"apps": [{"id": "/web", "cmd": "broken", "cpus": 0.1, "mem": 16, "instances": 3}]}""");

        var planned = Assert.IsType<CommandOutcome.Planned>(_core.Request(new ServicesCommand.PutGroup(PathId.Root, body!.DeepClone(), DryRun: true)));
        Assert.IsType<CommandOutcome.Deployed>(_core.Request(new ServicesCommand.PutGroup(PathId.Root, body, DryRun: false)));

        var real = Assert.Single(_core.View.Deployments);
        Assert.Equal([(ActionKind.Restart, new PathId("/web"))], planned.Steps.SelectMany(step => step.Actions).Select(action => (action.Kind, action.Spec)));
        Assert.Equal(real.Steps.SelectMany(step => step.Actions), planned.Steps.SelectMany(step => step.Actions));
    }

    /// <summary>The process dies and comes back in the middle of everything, every few seconds.</summary>
    [Fact]
    public void Apps_RestartedAllTheTime_EndAsAskedFor()
    {
        for (var round = 1; round <= 12; round++)
        {
            _core.Put($$$"""{"id": "/g/a", "cmd": "v{{{round / 3}}}", "cpus": 0.1, "mem": 16, "instances": {{{(round % 4) + 1}}}, "upgradeStrategy": {"minimumHealthCapacity": 0.5, "maximumOverCapacity": 0.5}}""", force: true);
            _core.Put($$$"""{"id": "/g/b", "cmd": "v{{{round / 2}}}", "cpus": 0.1, "mem": 16, "instances": {{{(round % 3) + 1}}}, "dependencies": ["/g/a"]}""", force: true);
            _core.Pass(TimeSpan.FromSeconds(round % 5));
            _core.Restart();
        }

        _core.Pass(TimeSpan.FromMinutes(12));

        foreach (var spec in _core.View.Tree.Specs.Values)
        {
            Assert.Equal(spec.Instances, _core.Running(spec.Id.Value));
            Assert.All(_core.View.InstancesOf(spec.Id), instance => Assert.Equal(spec.LastConfigChangeAt, instance.ConfigVersion));
        }

        Assert.Empty(_core.View.Deployments);
    }
}
