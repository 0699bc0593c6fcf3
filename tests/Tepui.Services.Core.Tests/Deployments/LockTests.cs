using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Events;

namespace Tepui.Services.Core.Tests.Deployments;

public sealed class LockTests
{
    [Fact]
    public void Start_SameAppIsBeingDeployed_IsRefusedWithItsIds()
    {
        var rig = new Rig();
        var first = rig.Deploy(Apps.Web());

        var refused = Assert.IsType<CommandOutcome.Refused>(rig.Deploy(force: false, Apps.Web(cmd: "v2")));

        Assert.Equal((RefusalKind.Locked, first), (refused.Kind, Assert.Single(refused.Deployments)));
        Assert.Contains("force=true", refused.Message, StringComparison.Ordinal);
        Assert.Equal("v1", rig.State.Catalog.Tree.App(new("/web"))!.Cmd);
    }

    [Fact]
    public void Start_OtherAppIsBeingDeployed_BothRun()
    {
        var rig = new Rig();
        rig.Deploy(Apps.Web(id: "/stuck"));

        rig.Deploy(Apps.Web(id: "/web"));
        rig.RunAll();

        Assert.Equal(2, rig.State.Deployments.Running.Count);
    }

    [Fact]
    public void Start_Forced_CancelsTheOtherAndGoesOnFromWhatRuns()
    {
        var rig = new Rig();
        rig.Deploy(Apps.Web());
        rig.Settle();
        var second = rig.Deploy(Apps.Web(cmd: "v2"));
        rig.LaunchAll();

        var third = Assert.IsType<CommandOutcome.Deployed>(rig.Deploy(force: true, Apps.Web(cmd: "v3"))).Deployment;

        Assert.Equal((second, DeploymentState.Cancelled), (rig.Last.Id, rig.Last.State));
        Assert.Equal($"Deployment {third} took over", rig.Events.OfType<ServiceEvent.DeploymentChanged>().Single(happened => happened.Type == "deployment_failed").Reason);
        rig.Settle();
        Assert.Equal((4, 4), (rig.Running("/web"), rig.Running("/web", "v3")));
    }

    [Fact]
    public void Start_ScaledWhileVersionsAreMixed_EndsWithOneVersion()
    {
        var rig = new Rig();
        rig.Deploy(Apps.Web());
        rig.Settle();
        rig.Deploy(Apps.Web(cmd: "v2"));
        rig.LaunchAll();

        rig.Deploy(force: true, Apps.Web(instances: 6, cmd: "v2"));
        rig.Settle();

        Assert.Equal((6, 6), (rig.Running("/web"), rig.Running("/web", "v2")));
    }

    [Fact]
    public void Start_TooManyAreRunning_IsRefusedButCancelAndRevertAreNot()
    {
        var rig = new Rig(new() { MaxRunningDeployments = 1 });
        var first = rig.Deploy(Apps.Web());

        var refused = Assert.IsType<CommandOutcome.Refused>(rig.Deploy(force: false, Apps.Web(id: "/other")));
        Assert.Equal(RefusalKind.TooManyDeployments, refused.Kind);
        Assert.Null(rig.State.Catalog.Tree.App(new("/other")));

        Assert.IsType<CommandOutcome.Deployed>(rig.Do(turn => DeploymentCommands.Cancel(turn, first, force: false)));
        rig.Settle();
        Assert.Empty(rig.State.Catalog.Tree.Specs);
    }

    [Fact]
    public void Finished_MoreThanAreKept_ForgetsTheOldest()
    {
        var rig = new Rig(new() { FinishedDeployments = 2 });
        var ids = Enumerable.Range(1, 3).Select(number =>
        {
            var id = rig.Deploy(Apps.Web(cmd: $"v{number}"));
            rig.Settle();
            return id;
        }).ToList();

        Assert.Equal([ids[2], ids[1]], rig.State.Deployments.Finished.Select(deployment => deployment.Id));
    }
}
