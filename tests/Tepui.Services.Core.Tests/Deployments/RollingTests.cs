using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Deployments;

public sealed class RollingTests
{
    private readonly Rig _rig = new();

    [Fact]
    public void Deploy_NewApp_StartsScalesAndSucceeds()
    {
        var id = _rig.Deploy(Apps.Web(instances: 3));

        Assert.Equal(3, _rig.Of("/web").Count(instance => instance.Condition == Condition.Scheduled));
        Assert.Equal(1, _rig.Only.StepIndex);
        _rig.LaunchAll();
        _rig.RunAll();
        Assert.Empty(_rig.State.Deployments.Running);
        Assert.Equal((id, DeploymentState.Succeeded), (_rig.Last.Id, _rig.Last.State));
        Assert.Equal(["deployment_info", "deployment_step_success", "deployment_info", "deployment_step_success", "deployment_success"], _rig.EventTypes);
    }

    [Fact]
    public void Deploy_WithHealthChecks_WaitsForThem()
    {
        _rig.Deploy(Apps.Web(instances: 2, hasChecks: true));
        _rig.LaunchAll();
        _rig.RunAll();
        Assert.Single(_rig.State.Deployments.Running);

        _rig.HealAll();

        Assert.Empty(_rig.State.Deployments.Running);
    }

    [Fact]
    public void Deploy_NothingChanged_IsDoneAtOnce()
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();

        var outcome = _rig.Do(turn => DeploymentStart.Start(turn, turn.State.Catalog.Tree, force: false));

        Assert.Equal(_rig.Last.Id, Assert.IsType<CommandOutcome.Deployed>(outcome).Deployment);
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
        Assert.Equal("deployment_success", _rig.EventTypes.Last());
    }

    [Theory]
    [InlineData(4, 1, 1, 4, 8)]
    [InlineData(4, 1, 0, 4, 5)]
    [InlineData(4, 0.5, 0, 2, 4)]
    [InlineData(4, 0, 0, 0, 4)]
    [InlineData(10, 0.5, 0.2, 5, 12)]
    [InlineData(3, 0.34, 0, 2, 3)]
    public void Restart_ByUpgradeStrategy_StaysBetweenFloorAndCapacity(int instances, double health, double over, int least, int most)
    {
        _rig.Deploy(Apps.Web(instances, "v1", upgrade: new(health, over)));
        _rig.Settle();
        var seen = new List<(int Serving, int Active)>();
        _rig.AfterStep = rig => seen.Add((rig.Running("/web"), rig.Of("/web").Count(instance => instance.Condition.IsActive() || instance.Condition == Condition.Scheduled)));

        _rig.Deploy(Apps.Web(instances, "v2", upgrade: new(health, over)));
        _rig.Settle();

        Assert.Equal((least, most), (seen.Min(now => now.Serving), seen.Max(now => now.Active)));
        Assert.Equal((instances, instances), (_rig.Running("/web"), _rig.Running("/web", "v2")));
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
    }

    [Fact]
    public void Restart_NewOnesNeverTurnHealthy_OldOnesStay()
    {
        _rig.Deploy(Apps.Web(hasChecks: true));
        _rig.Settle();

        _rig.Deploy(Apps.Web(cmd: "v2", hasChecks: true));
        _rig.LaunchAll();
        _rig.RunAll();

        Assert.Equal((4, 8), (_rig.Running("/web", "v1"), _rig.Running("/web")));
        Assert.Contains("0 of 4 instances are ready", _rig.Only.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Restart_AllOldUnhealthyAndNoRoom_ReplacesThemOneByOne()
    {
        var upgrade = new UpgradeStrategy(1, 0);
        _rig.Deploy(Apps.Web(hasChecks: true, upgrade: upgrade));
        _rig.Settle();
        foreach (var instance in _rig.Of("/web"))
        {
            _rig.Set(instance, healthy: false);
        }

        var least = 4;
        _rig.AfterStep = rig => least = Math.Min(least, rig.Running("/web"));
        _rig.Deploy(Apps.Web(cmd: "v2", hasChecks: true, upgrade: upgrade));
        _rig.Settle();

        Assert.Equal((4, 4), (least, _rig.Running("/web", "v2")));
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
    }

    [Fact]
    public void Restart_OldOneFailsMeanwhile_IsNotReplacedByItsKind()
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();
        _rig.Deploy(Apps.Web(cmd: "v2"));

        _rig.Tell(_rig.Of("/web").First(instance => instance.IsRunning), TaskState.TaskFailed);

        Assert.Equal((3, 4), (_rig.Running("/web", "v1"), _rig.Of("/web").Count(instance => instance.Condition == Condition.Scheduled)));
    }

    [Fact]
    public void Restart_WithFewerInstances_EndsWithThatMany()
    {
        _rig.Deploy(Apps.Web(instances: 6));
        _rig.Settle();

        _rig.Deploy(Apps.Web(instances: 2, cmd: "v2"));
        _rig.Settle();

        Assert.Equal((2, 2), (_rig.Running("/web"), _rig.Running("/web", "v2")));
    }

    [Fact]
    public void Scale_Up_WaitsUntilAllRun()
    {
        _rig.Deploy(Apps.Web(instances: 1));
        _rig.Settle();

        _rig.Deploy(Apps.Web(instances: 3));
        Assert.Equal(ActionKind.Scale, Assert.Single(Assert.Single(_rig.Only.Steps).Actions).Kind);
        _rig.LaunchAll();
        Assert.Single(_rig.State.Deployments.Running);
        _rig.RunAll();

        Assert.Empty(_rig.State.Deployments.Running);
    }

    [Fact]
    public void Scale_Down_EndsWhatIsOfLeastUseFirst()
    {
        var app = Apps.Web(instances: 4) with { Unreachable = null };
        _rig.Deploy(app);
        _rig.LaunchAll();
        var all = _rig.Of("/web").ToList();
        _rig.Tell(all[0], TaskState.TaskStarting);
        _rig.Tell(all[1], TaskState.TaskRunning);
        _rig.Advance(TimeSpan.FromSeconds(1));
        _rig.Tell(all[2], TaskState.TaskRunning);
        _rig.Tell(all[3], TaskState.TaskUnreachable);

        _rig.Deploy(force: true, app with { Instances = 1 });

        Assert.Equal(all[1].Id, Assert.Single(_rig.Of("/web"), instance => instance.Goal == Goal.Running).Id);
        _rig.Settle();
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
    }

    [Fact]
    public void Scale_DownToZero_EndsAll()
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();

        _rig.Deploy(Apps.Web(instances: 0));
        Assert.Single(_rig.State.Deployments.Running);
        _rig.Settle();

        Assert.Empty(_rig.Of("/web"));
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
    }

    [Fact]
    public void Stop_App_EndsItsInstancesAndForgetsIt()
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();

        _rig.Remove("/web");
        Assert.Equal(4, _rig.Kills.Count);
        Assert.Single(_rig.State.Deployments.Running);
        _rig.KillAll();

        Assert.Empty(_rig.Of("/web"));
        Assert.Contains(_rig.Events, happened => happened is ServiceEvent.AppTerminated);
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
    }

    [Fact]
    public void Steps_DependentApp_WaitsForWhatItDependsOn()
    {
        var web = Apps.Web(id: "/web", instances: 1) with { Dependencies = [new("/db")] };
        _rig.Deploy(Apps.Web(id: "/db", instances: 1), web);

        Assert.Equal((1, 0), (_rig.Of("/db").Count, _rig.Of("/web").Count));
        _rig.LaunchAll();
        _rig.RunAll();
        Assert.Single(_rig.Of("/web"));
        _rig.Settle();
        Assert.Empty(_rig.State.Deployments.Running);
    }

    [Fact]
    public void Steps_AppOfALaterStepFails_RunsAgainAsBefore()
    {
        var web = Apps.Web(id: "/web", instances: 2) with { Dependencies = [new("/db")] };
        _rig.Deploy(Apps.Web(id: "/db", instances: 1, hasChecks: true), web);
        _rig.Settle();
        _rig.Deploy(Apps.Web(id: "/db", instances: 1, cmd: "v2", hasChecks: true), web with { Cmd = "v2" });

        _rig.Tell(_rig.Of("/web")[0], TaskState.TaskFailed);
        _rig.LaunchAll();
        _rig.RunAll();

        Assert.Equal(2, _rig.Running("/web", "v1"));
        _rig.Settle();
        Assert.Equal(2, _rig.Running("/web", "v2"));
    }

    [Fact]
    public void Steady_InstanceFails_IsReplaced()
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();

        _rig.Tell(_rig.Of("/web")[0], TaskState.TaskFailed);

        Assert.Equal((3, 1), (_rig.Running("/web"), _rig.Of("/web").Count(instance => instance.Condition == Condition.Scheduled)));
    }

    [Fact]
    public void Steady_UnreachableComesBackAfterReplacement_SurplusEnds()
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();
        var lost = _rig.Of("/web")[0];
        _rig.Tell(lost, TaskState.TaskUnreachable);
        _rig.Settle();
        Assert.Equal(4, _rig.Running("/web"));

        _rig.Tell(lost, TaskState.TaskRunning);
        _rig.Settle();

        Assert.Equal(4, _rig.Running("/web"));
        Assert.Equal(4, _rig.Of("/web").Count);
    }
}
