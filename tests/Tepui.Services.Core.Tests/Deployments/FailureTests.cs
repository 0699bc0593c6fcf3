using Tepui.Protocol.V1;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Deployments;

public sealed class FailureTests
{
    private static readonly DeploymentPolicy Limited = new() { ProgressDeadline = TimeSpan.FromMinutes(10), FailureThreshold = 3, AutoRollback = true };
    private readonly Rig _rig = new();

    [Fact]
    public void Threshold_SoManyNewOnesFailed_GoesBackUnderTheSameId()
    {
        var id = Update(Limited);
        var there = _rig.Of("/web").Where(instance => instance.IsRunning).Select(instance => instance.Id).ToList();
        _rig.LaunchAll();

        _rig.RunAll(works: _ => false);

        Assert.Equal((id, DeploymentState.RollingBack), (_rig.Only.Id, _rig.Only.State));
        Assert.StartsWith("/web: 3 new instances have failed; the limit is 3; the last on host-1: TaskFailed", _rig.Only.Reason, StringComparison.Ordinal);
        _rig.Settle(Works);
        Assert.Equal((4, 4), (_rig.Running("/web"), _rig.Running("/web", "v1")));
        Assert.Equal(there, _rig.Of("/web").Select(instance => instance.Id));
        Assert.Equal((id, DeploymentState.RolledBack), (_rig.Last.Id, _rig.Last.State));
        Assert.Equal("v1", _rig.State.Catalog.Tree.App(new("/web"))!.Cmd);
        Assert.Equal(["deployment_step_failure", "deployment_rollback_event", "deployment_info", "deployment_step_success", "deployment_failed"], _rig.EventTypes.TakeLast(5));
    }

    [Fact]
    public void MinimumRun_NewOnesEndSoonAfterTheyBegan_NoOldOneIsGivenUp()
    {
        _rig.Deploy(Apps.Web(policy: Limited));
        _rig.Settle();
        var there = _rig.Of("/web").Select(instance => instance.Id).ToList();
        _rig.Deploy(Apps.Web(cmd: "v2", policy: Limited, minimumRun: TimeSpan.FromSeconds(5)));
        _rig.LaunchAll();
        _rig.RunAll();
        _rig.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(4, _rig.Running("/web", "v1"));
        foreach (var instance in _rig.Of("/web").Where(instance => _rig.Command(instance) == "v2").ToList())
        {
            _rig.Tell(instance, TaskState.TaskFailed);
        }

        _rig.Settle(Works);

        Assert.Equal(DeploymentState.RolledBack, _rig.Last.State);
        Assert.Equal(there, _rig.Of("/web").Select(instance => instance.Id));
    }

    [Fact]
    public void MinimumRun_NewOnesGoOn_ReplaceTheOldOnes()
    {
        _rig.Deploy(Apps.Web(policy: Limited));
        _rig.Settle();
        _rig.Deploy(Apps.Web(cmd: "v2", policy: Limited, minimumRun: TimeSpan.FromSeconds(5)));
        _rig.LaunchAll();
        _rig.RunAll();

        _rig.Advance(TimeSpan.FromSeconds(5));
        _rig.KillAll();

        Assert.Equal((0, 4), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
    }

    [Fact]
    public void Threshold_WithoutPolicy_TriesForEver()
    {
        Update(null);
        for (var round = 0; round < 20; round++)
        {
            _rig.LaunchAll();
            _rig.RunAll(Works);
        }

        Assert.Equal(DeploymentState.Running, _rig.Only.State);
        Assert.Equal(4, _rig.Running("/web", "v1"));
    }

    [Fact]
    public void Threshold_WithoutRollback_PausesWithTheReason()
    {
        Update(Limited with { AutoRollback = false });
        _rig.LaunchAll();
        _rig.RunAll(works: _ => false);
        _rig.Settle(Works);

        Assert.Equal(DeploymentState.Paused, _rig.Only.State);
        Assert.Contains("the limit is 3", _rig.Only.Reason, StringComparison.Ordinal);
        Assert.Equal((4, 0), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
    }

    [Fact]
    public void Threshold_OfANewApp_PausesAsThereIsNothingToGoBackTo()
    {
        _rig.Deploy(Apps.Web(policy: Limited));
        _rig.LaunchAll();
        _rig.RunAll(works: _ => false);

        Assert.Equal(DeploymentState.Paused, _rig.Only.State);
        Assert.NotNull(_rig.State.Catalog.Tree.App(new("/web")));
    }

    [Fact]
    public void Deadline_NothingGetsReady_GoesBack()
    {
        Update(Limited);
        _rig.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(DeploymentState.Running, _rig.Only.State);

        _rig.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DeploymentState.RollingBack, Assert.Single(_rig.Events.OfType<ServiceEvent.DeploymentChanged>(), happened => happened.Type == "deployment_rollback_event").Deployment.State);
        _rig.Settle(Works);

        Assert.Equal("/web: no progress for 600 s; 0 new instances were ready at most", _rig.Last.Reason);
        Assert.Equal(DeploymentState.RolledBack, _rig.Last.State);
    }

    [Fact]
    public void Deadline_OneMoreIsReady_CountsAnew()
    {
        Update(Limited);
        _rig.Advance(TimeSpan.FromMinutes(9));
        var one = _rig.Of("/web").First(instance => instance.Condition == Condition.Scheduled);
        _rig.Launch(one);
        _rig.Tell(_rig.State.Instances.Find(one.Id)!, Protocol.V1.TaskState.TaskRunning);

        _rig.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(DeploymentState.Running, _rig.Only.State);
        _rig.Advance(TimeSpan.FromMinutes(1));
        _rig.Settle(Works);
        Assert.Equal(DeploymentState.RolledBack, _rig.Last.State);
    }

    [Fact]
    public void Resume_AfterAFailure_TriesAgainWithAFreshCount()
    {
        var id = Update(Limited with { AutoRollback = false });
        _rig.LaunchAll();
        _rig.RunAll(works: _ => false);

        _rig.Do(turn => DeploymentCommands.Resume(turn, id));
        _rig.Settle();

        Assert.Equal((4, DeploymentState.Succeeded), (_rig.Running("/web", "v2"), _rig.Last.State));
    }

    [Fact]
    public void Cancel_OfARollback_OnlyByForce()
    {
        var id = Update(Limited with { ProgressDeadline = TimeSpan.FromSeconds(1) });
        _rig.LaunchAll();
        _rig.RunAll();
        _rig.Settle();
        id = _rig.Deploy(Apps.Web(cmd: "v3", hasChecks: true, policy: Limited));
        _rig.LaunchAll();
        _rig.RunAll();
        _rig.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((id, DeploymentState.RollingBack), (_rig.Only.Id, _rig.Only.State));

        Assert.IsType<Commands.CommandOutcome.Refused>(_rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: false)));
        Assert.IsType<Commands.CommandOutcome.Done>(_rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: true)));
    }

    private bool Works(Instance instance) => _rig.Command(instance) == "v1";

    private string Update(DeploymentPolicy? policy)
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();
        return _rig.Deploy(Apps.Web(cmd: "v2", policy: policy));
    }
}
