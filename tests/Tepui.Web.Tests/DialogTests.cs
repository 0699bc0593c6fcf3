using Tepui.Web.Commands;
using Tepui.Web.Pages.Deployments;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Services;

namespace Tepui.Web.Tests;

/// <summary>What dialogs say before something happens, and how deployments are shown.</summary>
public sealed class DialogTests
{
    [Theory]
    [InlineData("7", "Starts 3 instances, which take 1.5 of CPU and 3 KiB of memory.")]
    [InlineData("1", "Stops 3 instances, the youngest first.")]
    [InlineData("0", "Stops 4 instances, the youngest first.")]
    public void Scale_ToANumber_SaysWhatStartsOrStops(string amount, string expected) =>
        Assert.Equal(expected, Open(DialogKind.Scale, "/web", amount).Facts[^1]);

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("4")]
    [InlineData("x")]
    public void Scale_ToNothingOrTheSame_SaysOnlyHowItIs(string amount) =>
        Assert.Equal(["4 instances wanted now, 3 running."], Open(DialogKind.Scale, "/web", amount).Facts);

    [Theory]
    [InlineData(4, 1, 1, "at least 4 of 4 stay up, at most 8 run at once")]
    [InlineData(4, 1, 0, "at least 4 of 4 stay up, at most 5 run at once")]
    [InlineData(4, 0.5, 0, "at least 2 of 4 stay up, at most 4 run at once")]
    [InlineData(10, 0.5, 0.2, "at least 5 of 10 stay up, at most 12 run at once")]
    public void Restart_ByStrategy_SaysHowManyStayUp(int instances, double health, double over, string expected)
    {
        var services = ServicesSnapshot.Empty.With(new Dictionary<string, AppSummary> { ["/a"] = new() { Id = "/a", Instances = instances, Running = instances, MinimumHealth = health, OverCapacity = over } }, []);

        var dialog = DialogBuilder.Build(services, new DialogQuery(DialogKind.Restart, "/a", [], "", ""), "/ui/apps?do=restart&on=/a", null);

        Assert.Contains(expected, dialog!.Facts[0]);
    }

    [Fact]
    public void Destroy_OfAGroup_CountsAllBelow()
    {
        var dialog = Open(DialogKind.Destroy, "/prod");

        Assert.Contains("2 apps with 3 instances", dialog.Facts[0]);
        Assert.Equal(["/prod/db", "/prod/eu/x"], dialog.Items);
        Assert.True(dialog.IsDangerous);
    }

    [Fact]
    public void Suspend_OfAGroupWithPods_SaysThatTheyStay()
    {
        var dialog = Open(DialogKind.Suspend, "/mixed");

        Assert.Equal(["Stops 1 app with 2 instances. The apps and their versions stay.", "1 pod in it stays as it is."], dialog.Facts);
        Assert.Contains("1 app and 1 pod with 5 instances", Open(DialogKind.Destroy, "/mixed").Facts[0]);
    }

    [Fact]
    public void Change_OfWhatADeploymentOwns_NamesItAndOffersForce()
    {
        var dialog = Open(DialogKind.Suspend, "/prod");

        Assert.Equal("d1", Assert.Single(dialog.Locks).Id);
        Assert.True(dialog.OffersForce);
        Assert.False(Open(DialogKind.Suspend, "/web").OffersForce);
    }

    [Theory]
    [InlineData(DialogKind.Kill, "replaced, since 4 instances are wanted")]
    [InlineData(DialogKind.KillScale, "goes from 4 instances to 2")]
    public void Kill_OfInstances_SaysWhetherTheyComeBack(DialogKind kind, string expected)
    {
        var dialog = DialogBuilder.Build(Sample(), new DialogQuery(kind, "/web", ["t1", "t2"], "", ""), "/ui/apps/web", null)!;

        Assert.Contains(expected, dialog.Facts[0]);
        Assert.Equal(["t1", "t2"], dialog.Hidden.Where(field => field.Name == "task").Select(field => field.Value));
    }

    [Theory]
    [InlineData(DialogKind.Kill, "/web")]
    [InlineData(DialogKind.Scale, "/nosuch")]
    [InlineData(DialogKind.Stop, "nosuch")]
    [InlineData(DialogKind.Stop, "d0")]
    public void Dialog_OnNothing_HasNothingToConfirm(DialogKind kind, string on) => Assert.True(Open(kind, on).IsVoid);

    [Fact]
    public void Dialog_Closed_LeavesThePageAsItWas()
    {
        var address = DialogQuery.Link("/ui/apps/prod?q=a%20b&status=delayed", DialogKind.Scale, "/prod/web", ("amount", "3"));

        Assert.Equal("/ui/apps/prod?q=a%20b&status=delayed&do=scale&on=%2Fprod%2Fweb&amount=3", address);
        Assert.Equal("/ui/apps/prod?q=a%20b&status=delayed", DialogQuery.Close(address));
    }

    [Theory]
    [InlineData("/ui/apps/prod?do=destroy&on=/prod/web", "/prod/web", "/ui/apps/prod")]
    [InlineData("/ui/apps/prod/web?tab=debug&do=destroy&on=/prod/web", "/prod/web", "/ui/apps/prod")]
    [InlineData("/ui/apps/web2?do=destroy", "/web", "/ui/apps/web2")]
    [InlineData("/ui/apps/prod/web?do=destroy&on=/prod", "/prod", "/ui/apps")]
    public void Destroyed_FromAPage_LeadsToWhatIsLeft(string from, string on, string next) => Assert.Equal(next, CommandRunner.After(DialogKind.Destroy, on, from));

    [Theory]
    [InlineData(4, 0, 4, 0, 0)]
    [InlineData(4, 0, 4, 2, 50)]
    [InlineData(4, 0, 4, 4, 100)]
    [InlineData(4, 4, 4, 4, 50)]
    [InlineData(4, 1, 4, 3, 60)]
    [InlineData(0, 3, 0, 0, 0)]
    [InlineData(0, 0, 0, 0, 100)]
    public void Deployment_UnderWay_ShowsHowFar(int target, int old, int started, int ready, int expected)
    {
        var view = DeploymentView.Of(Deployment("d", "/a") with { Progress = [new ActionProgress("/a", target, old, started, ready, ready)] });

        var percent = view.Steps[1].Actions[0].Percent!.Value;
        Assert.Equal(expected, percent);
        Assert.Equal((100 + percent) / 2, view.Percent);
        Assert.Equal([StepState.Done, StepState.Active], view.Steps.Select(step => step.State));
    }

    [Theory]
    [InlineData("running", true, false, false, true)]
    [InlineData("paused", false, true, false, true)]
    [InlineData("waitingForPromotion", true, false, true, true)]
    [InlineData("rollingBack", false, false, false, false)]
    public void Deployment_InAState_OffersWhatMakesSense(string state, bool pause, bool resume, bool promote, bool rollBack)
    {
        var view = DeploymentView.Of(Deployment("d", "/a") with { State = state });

        Assert.Equal((pause, resume, promote, rollBack), (view.CanPause, view.CanResume, view.CanPromote, view.CanRollBack));
    }

    private static DialogModel Open(DialogKind kind, string on, string amount = "") =>
        DialogBuilder.Build(Sample(), new DialogQuery(kind, on, [], "", amount), "/ui/apps", null)!;

    private static Deployment Deployment(string id, string app) => new()
    {
        Id = id,
        Affected = [app],
        CurrentStep = 2,
        TotalSteps = 2,
        Steps = [[new DeploymentAction("StartApplication", app)], [new DeploymentAction("RestartApplication", app)]],
    };

    private static ServicesSnapshot Sample()
    {
        AppSummary[] apps =
        [
            new() { Id = "/web", Instances = 4, Running = 3, Cpus = 0.5, MemoryBytes = 1024 },
            new() { Id = "/prod/db", Instances = 1 },
            new() { Id = "/prod/eu/x", Instances = 2 },
            new() { Id = "/mixed/app", Instances = 2 },
            new() { Id = "/mixed/pod", Instances = 3, IsPod = true },
        ];
        return ServicesSnapshot.Empty.With(apps.ToDictionary(app => app.Id), []) with { Deployments = [Deployment("d1", "/prod/eu/x"), Deployment("d0", "/web") with { Outcome = "success" }] };
    }
}
