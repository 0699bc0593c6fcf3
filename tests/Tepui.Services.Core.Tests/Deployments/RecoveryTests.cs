using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Deployments;

/// <summary>The scheduler starts anew from its store, at any point of a deployment.</summary>
public sealed class RecoveryTests
{
    private readonly Rig _rig = new();

    /// <summary>After each of the steps of a replacement: the same deployment goes on to the same end, within the same bounds.</summary>
    [Fact]
    public void Restart_AfterEveryStep_GoesOnWithinItsBounds()
    {
        var upgrade = new UpgradeStrategy(1, 0.25);
        _rig.Deploy(Apps.Web(upgrade: upgrade, hasChecks: true));
        _rig.Settle();
        var id = _rig.Deploy(Apps.Web(cmd: "v2", upgrade: upgrade, hasChecks: true));
        var (least, most) = (4, 4);
        for (var round = 0; round < 100 && _rig.State.Deployments.Running.Count > 0; round++)
        {
            Action act = (round % 4) switch { 0 => _rig.LaunchAll, 1 => () => _rig.RunAll(), 2 => _rig.HealAll, _ => _rig.KillAll };
            act();
            _rig.Restart();
            least = Math.Min(least, _rig.Of("/web").Count(instance => instance.IsRunning && instance.Healthy == true));
            most = Math.Max(most, _rig.Of("/web").Count);
        }

        Assert.Equal((4, 5), (least, most));
        Assert.Equal((4, 4), (_rig.Running("/web"), _rig.Running("/web", "v2")));
        Assert.Equal((id, DeploymentState.Succeeded), (_rig.Last.Id, _rig.Last.State));
    }

    [Fact]
    public void Restart_WhilePaused_StaysPausedAndHoldsAsMany()
    {
        _rig.Deploy(Apps.Web(instances: 2));
        _rig.Settle();
        var id = _rig.Deploy(Apps.Web(instances: 6));
        _rig.Launch(_rig.Of("/web").First(instance => instance.Condition == Condition.Scheduled));
        _rig.Do(turn => DeploymentCommands.Pause(turn, id));

        _rig.Restart();
        _rig.Settle();

        Assert.Equal((3, DeploymentState.Paused, "Paused on request"), (_rig.Running("/web"), _rig.Only.State, _rig.Only.Reason));
    }

    [Fact]
    public void Restart_WhileRollingBack_GoesOnGoingBack()
    {
        var policy = new DeploymentPolicy { FailureThreshold = 1 };
        _rig.Deploy(Apps.Web(upgrade: new(0.5, 0)));
        _rig.Settle();
        var id = _rig.Deploy(Apps.Web(cmd: "v2", upgrade: new(0.5, 0), policy: policy));
        _rig.KillAll();
        _rig.LaunchAll();
        _rig.RunAll(works: _ => false);
        Assert.Equal(DeploymentState.RollingBack, _rig.Only.State);

        _rig.Restart();
        _rig.Settle();

        Assert.Equal((4, id, DeploymentState.RolledBack), (_rig.Running("/web", "v1"), _rig.Last.Id, _rig.Last.State));
    }

    [Fact]
    public void Restart_AfterTheFirstPromotion_DoesNotAskAgain()
    {
        var policy = new DeploymentPolicy { Strategy = DeploymentStrategy.BlueGreen, DropOld = false };
        _rig.Deploy(Apps.Web(policy: policy));
        _rig.Settle();
        var id = _rig.Deploy(Apps.Web(cmd: "v2", policy: policy));
        _rig.Settle();
        _rig.Do(turn => DeploymentCommands.Promote(turn, id));

        _rig.Restart();
        _rig.Do(turn => DeploymentCommands.Promote(turn, id));
        _rig.Settle();

        Assert.Equal((0, 4), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
    }

    [Fact]
    public void Restart_NewInstancesFailed_TheirCountGoesOn()
    {
        var policy = new DeploymentPolicy { FailureThreshold = 4 };
        _rig.Deploy(Apps.Web(instances: 2));
        _rig.Settle();
        _rig.Deploy(Apps.Web(instances: 2, cmd: "v2", policy: policy));
        _rig.LaunchAll();
        _rig.RunAll(works: _ => false);

        _rig.Restart();
        _rig.LaunchAll();
        _rig.RunAll(works: _ => false);

        Assert.Equal(DeploymentState.RolledBack, _rig.Last.State);
    }
}
