using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Deployments;

public sealed class ControlTests
{
    private readonly Rig _rig = new();

    [Fact]
    public void Cancel_Forced_LeavesWhatRuns()
    {
        var id = HalfWay();

        Assert.IsType<CommandOutcome.Done>(_rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: true)));
        _rig.Settle();

        Assert.Equal((2, 2), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
        Assert.Equal(DeploymentState.Cancelled, _rig.Last.State);
        Assert.Equal("v2", _rig.State.Catalog.Tree.App(new("/web"))!.Cmd);
    }

    [Fact]
    public void Cancel_ForcedWhileNewOnesDoNotWork_KeepsTheOldOnes()
    {
        _rig.Deploy(Apps.Web(hasChecks: true));
        _rig.Settle();
        var id = _rig.Deploy(Apps.Web(cmd: "v2", hasChecks: true));
        _rig.LaunchAll();
        _rig.RunAll();

        _rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: true));
        _rig.KillAll();

        Assert.Equal((4, 0), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
    }

    [Fact]
    public void Revert_HalfWay_KeepsSurvivorsAndNeverDropsBelowTheFloor()
    {
        var id = HalfWay();
        var survivors = _rig.Of("/web").Where(instance => instance.IsRunning && _rig.Command(instance) == "v1").Select(instance => instance.Id).ToHashSet();
        var before = _rig.State.Catalog.Tree.App(new("/web"))!;
        var least = 4;
        _rig.AfterStep = rig => least = Math.Min(least, rig.Running("/web"));

        var reverting = Assert.IsType<CommandOutcome.Deployed>(_rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: false)));
        _rig.Settle();

        Assert.Equal((4, 4), (_rig.Running("/web"), _rig.Running("/web", "v1")));
        Assert.Superset(survivors, _rig.Of("/web").Select(instance => instance.Id).ToHashSet());
        Assert.Equal(4, least);
        Assert.Equal((reverting.Deployment, DeploymentState.Succeeded), (_rig.Last.Id, _rig.Last.State));
        Assert.Equal((DeploymentState.RolledBack, $"Taken back by deployment {reverting.Deployment}"), (_rig.State.Deployments.FindFinished(id)!.State, _rig.State.Deployments.FindFinished(id)!.Reason));
        Assert.True(_rig.State.Catalog.Tree.App(new("/web"))!.Version > before.Version);
    }

    [Fact]
    public void Revert_OfARestart_KeepsTheInstancesThatWereThere()
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();
        var there = _rig.Of("/web").Select(instance => instance.Id).ToList();
        var outcome = _rig.Do(turn =>
        {
            var tree = turn.State.Catalog.Tree;
            var version = turn.NextVersion();
            return DeploymentStart.Start(turn, tree.With(tree.App(new("/web"))! with { Version = version, LastConfigChangeAt = version }), force: false);
        });
        _rig.LaunchAll();

        _rig.Do(turn => DeploymentCommands.Cancel(turn, Assert.IsType<CommandOutcome.Deployed>(outcome).Deployment, force: false));
        _rig.Settle();

        Assert.Equal(there, _rig.Of("/web").Select(instance => instance.Id));
    }

    [Fact]
    public void Revert_NewAppsAndChangesElsewhere_TakesBackOnlyItsOwn()
    {
        _rig.Deploy(Apps.Web(id: "/a/one"));
        _rig.Settle();
        _rig.Deploy(Apps.Web(id: "/gone"));
        _rig.Settle();
        var id = _rig.Deploy(Apps.Web(id: "/a/one", cmd: "v2", hasChecks: true), Apps.Web(id: "/b/c/new", hasChecks: true));
        _rig.Deploy(Apps.Web(id: "/d/other"));

        _rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: false));
        _rig.Settle();

        var tree = _rig.State.Catalog.Tree;
        Assert.Equal(["/a/one", "/d/other", "/gone"], tree.Specs.Keys.Select(spec => spec.Value));
        Assert.Equal(["/", "/a", "/d"], tree.Groups.Keys.Select(group => group.Value));
        Assert.Equal("v1", tree.App(new("/a/one"))!.Cmd);
        Assert.Empty(_rig.Of("/b/c/new"));
    }

    [Fact]
    public void Revert_OfARemoval_BringsTheAppBack()
    {
        _rig.Deploy(Apps.Web());
        _rig.Settle();
        var id = Assert.IsType<CommandOutcome.Deployed>(_rig.Remove("/web")).Deployment;

        _rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: false));
        _rig.Settle();

        Assert.Equal(4, _rig.Running("/web", "v1"));
    }

    [Fact]
    public void Pause_HalfWay_NothingMovesUntilResumed()
    {
        var id = HalfWay();
        Assert.Equal(new CommandOutcome.DeploymentSet(id, DeploymentState.Paused), _rig.Do(turn => DeploymentCommands.Pause(turn, id)));
        _rig.Settle();

        Assert.Equal((2, 2), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2")));
        Assert.Equal("Paused on request", _rig.Only.Reason);

        Assert.Equal(new CommandOutcome.DeploymentSet(id, DeploymentState.Running), _rig.Do(turn => DeploymentCommands.Resume(turn, id)));
        _rig.Settle();
        Assert.Equal((4, DeploymentState.Succeeded), (_rig.Running("/web", "v2"), _rig.Last.State));
        Assert.Equal(["deployment_paused_event", "deployment_resumed_event"], _rig.EventTypes.Where(type => type.EndsWith("_event", StringComparison.Ordinal)));
    }

    [Fact]
    public void Pause_InstanceFailsMeanwhile_IsReplaced()
    {
        var id = HalfWay();
        _rig.Do(turn => DeploymentCommands.Pause(turn, id));

        _rig.Tell(_rig.Of("/web").First(instance => instance.IsRunning), TaskState.TaskFailed);
        _rig.Settle();

        Assert.Equal(4, _rig.Running("/web"));
    }

    [Fact]
    public void Pause_ScalingUp_NothingMoreIsLaunched()
    {
        _rig.Deploy(Apps.Web(instances: 2));
        _rig.Settle();
        var id = _rig.Deploy(Apps.Web(instances: 10));
        _rig.Launch(_rig.Of("/web").First(instance => instance.Condition == Condition.Scheduled));

        _rig.Do(turn => DeploymentCommands.Pause(turn, id));
        _rig.Settle();
        Assert.Equal(3, _rig.Running("/web"));

        _rig.Do(turn => DeploymentCommands.Resume(turn, id));
        _rig.Settle();
        Assert.Equal(10, _rig.Running("/web"));
    }

    [Fact]
    public void Commands_WhereTheStateDoesNotAllowThem_AreRefused()
    {
        var id = HalfWay();

        Assert.Equal(RefusalKind.Conflict, Refused(turn => DeploymentCommands.Resume(turn, id)));
        Assert.Equal(RefusalKind.Conflict, Refused(turn => DeploymentCommands.Promote(turn, id)));
        _rig.Do(turn => DeploymentCommands.Pause(turn, id));
        Assert.Equal(RefusalKind.Conflict, Refused(turn => DeploymentCommands.Pause(turn, id)));
        Assert.Equal(RefusalKind.NotFound, Refused(turn => DeploymentCommands.Cancel(turn, "no-such", force: true)));
        Assert.Equal(RefusalKind.NotFound, Refused(turn => DeploymentCommands.Pause(turn, "no-such")));
        _rig.Do(turn => DeploymentCommands.Cancel(turn, id, force: true));
        Assert.Equal(RefusalKind.NotFound, Refused(turn => DeploymentCommands.Cancel(turn, id, force: false)));
    }

    // Two of four are replaced; the deployment goes on.
    private string HalfWay()
    {
        var upgrade = new UpgradeStrategy(1, 0.5);
        _rig.Deploy(Apps.Web(upgrade: upgrade));
        _rig.Settle();
        var id = _rig.Deploy(Apps.Web(cmd: "v2", upgrade: upgrade));
        _rig.LaunchAll();
        _rig.RunAll();
        _rig.KillAll();
        Assert.Equal((2, 2, id), (_rig.Running("/web", "v1"), _rig.Running("/web", "v2"), _rig.Only.Id));
        return id;
    }

    private RefusalKind Refused(Func<Turn, CommandOutcome> command) => Assert.IsType<CommandOutcome.Refused>(_rig.Do(command)).Kind;
}
