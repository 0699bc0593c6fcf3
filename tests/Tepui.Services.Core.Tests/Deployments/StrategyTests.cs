using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Deployments;

public sealed class StrategyTests
{
    private static readonly DeploymentPolicy Canary = new() { Strategy = DeploymentStrategy.Canary, ProgressDeadline = TimeSpan.Zero };
    private static readonly DeploymentPolicy BlueGreen = new() { Strategy = DeploymentStrategy.BlueGreen, ProgressDeadline = TimeSpan.Zero };
    private readonly Rig _rig = new();

    [Fact]
    public void Canary_FirstOnesAreReady_WaitsForPromotion()
    {
        var id = Update(Canary with { CanaryInstances = 2 });
        _rig.Settle();
        _rig.Advance(TimeSpan.FromHours(1));

        Assert.Equal((2, 2), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
        Assert.Equal((DeploymentState.WaitingForPromotion, DeploymentStrategy.Canary), (_rig.Only.State, _rig.Only.Strategy));
        Assert.Contains("waits to be promoted", _rig.Only.Reason, StringComparison.Ordinal);

        Assert.Equal(new CommandOutcome.DeploymentSet(id, DeploymentState.Running), _rig.Do(turn => DeploymentCommands.Promote(turn, id)));
        _rig.Settle();
        Assert.Equal((4, DeploymentState.Succeeded), (_rig.Running("/web", "v2"), _rig.Last.State));
    }

    [Fact]
    public void Canary_OneFailsWhileWaiting_IsReplacedFirst()
    {
        var id = Update(Canary);
        _rig.Settle();

        _rig.Tell(_rig.Of("/web").Single(instance => _rig.Command(instance) == "v2"), TaskState.TaskFailed);
        Assert.Equal(DeploymentState.Running, _rig.Only.State);
        Assert.IsType<CommandOutcome.Refused>(_rig.Do(turn => DeploymentCommands.Promote(turn, id)));
        _rig.Settle();

        Assert.Equal(DeploymentState.WaitingForPromotion, _rig.Only.State);
    }

    [Fact]
    public void Canary_PromotedAutomatically_OnceReadyForLongEnough()
    {
        Update(Canary with { PromoteAutomatically = true, PromoteAfter = TimeSpan.FromSeconds(60) });
        _rig.Settle();
        _rig.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(DeploymentState.WaitingForPromotion, _rig.Only.State);

        _rig.Advance(TimeSpan.FromSeconds(1));
        _rig.Settle();

        Assert.Equal(4, _rig.Running("/web", "v2"));
        Assert.Empty(_rig.State.Deployments.Running);
    }

    [Fact]
    public void Canary_PromotedAutomatically_TimeCountsFromTheLastTroubleOn()
    {
        Update(Canary with { PromoteAutomatically = true, PromoteAfter = TimeSpan.FromSeconds(60) });
        _rig.Settle();
        _rig.Advance(TimeSpan.FromSeconds(50));
        _rig.Tell(_rig.Of("/web").Single(instance => _rig.Command(instance) == "v2"), TaskState.TaskFailed);
        _rig.Settle();

        _rig.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(DeploymentState.WaitingForPromotion, _rig.Only.State);
        _rig.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(DeploymentState.Running, _rig.Only.State);
    }

    [Fact]
    public void Canary_TakenBack_EndsTheFirstOnesAgain()
    {
        var id = Update(Canary);
        _rig.Settle();

        _rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: false));
        _rig.Settle();

        Assert.Equal((4, 0), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
        Assert.Empty(_rig.State.Deployments.Running);
    }

    [Fact]
    public void Canary_OfANewApp_IsNoneAsNothingIsReplaced()
    {
        _rig.Deploy(Apps.Web(policy: Canary));
        _rig.Settle();

        Assert.Equal(4, _rig.Running("/web"));
        Assert.Empty(_rig.State.Deployments.Running);
    }

    [Fact]
    public void BlueGreen_AllNewBesideAllOld_SwitchesOnPromotion()
    {
        var id = Update(BlueGreen, upgrade: new(1, 0));
        _rig.Settle();
        Assert.Equal((4, 4, DeploymentState.WaitingForPromotion), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2"), _rig.Only.State));

        _rig.Do(turn => DeploymentCommands.Promote(turn, id));

        Assert.Equal((0, 4), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
        _rig.Settle();
        Assert.Equal(DeploymentState.Succeeded, _rig.Last.State);
    }

    [Fact]
    public void BlueGreen_OldOnesAreKept_UntilPromotedAgain()
    {
        var id = Update(BlueGreen with { DropOld = false });
        _rig.Settle();
        _rig.Do(turn => DeploymentCommands.Promote(turn, id));
        _rig.Settle();
        Assert.Equal((4, 4, DeploymentState.WaitingForPromotion), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2"), _rig.Only.State));

        _rig.Do(turn => DeploymentCommands.Promote(turn, id));
        _rig.Settle();

        Assert.Equal((0, 4, DeploymentState.Succeeded), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2"), _rig.Last.State));
    }

    [Fact]
    public void BlueGreen_Resident_RollsWithinItsCapacity()
    {
        var volume = new AppVolume { ContainerPath = "data", Persistent = new("root", 100, null, null, []) };
        var app = Apps.Web(instances: 2, policy: BlueGreen, upgrade: new(0.5, 0)) with { Container = new() { Volumes = [volume] }, Unreachable = null };
        _rig.Deploy(app);
        _rig.Settle();
        var there = _rig.Of("/web").Select(instance => instance.Id).ToList();

        _rig.Deploy(app with { Cmd = "v2" });
        _rig.Settle();

        Assert.Equal(2, _rig.Running("/web", "v2"));
        Assert.Equal(there, _rig.Of("/web").Select(instance => instance.Id));
        Assert.Empty(_rig.State.Deployments.Running);
    }

    private string Update(DeploymentPolicy policy, UpgradeStrategy? upgrade = null)
    {
        _rig.Deploy(Apps.Web(policy: policy, upgrade: upgrade));
        _rig.Settle();
        return _rig.Deploy(Apps.Web(cmd: "v2", policy: policy, upgrade: upgrade));
    }
}
