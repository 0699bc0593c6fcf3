using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Deployments;

public sealed class DeploymentPlanTests
{
    private static readonly DateTimeOffset First = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly DateTimeOffset Second = First.AddSeconds(1);

    [Fact]
    public void Between_NewApps_StartThemAndThenScaleByDependencies()
    {
        var target = Tree(App("/db"), App("/api", dependencies: ["/db"]), App("/web", dependencies: ["/api"]), App("/alone"));

        var steps = DeploymentPlan.Between(ServiceTree.Empty, target);

        Assert.Equal(
            ["StartApplication /alone, StartApplication /api, StartApplication /db, StartApplication /web", "ScaleApplication /alone, ScaleApplication /db", "ScaleApplication /api", "ScaleApplication /web"],
            Text(steps));
    }

    [Fact]
    public void Between_AppsGone_StopThemFirst()
    {
        var original = Tree(App("/old"), App("/web"));
        var target = original.WithoutSpec(new("/old"), Second).With(App("/new", at: Second));

        Assert.Equal(["StopApplication /old", "StartApplication /new", "ScaleApplication /new"], Text(DeploymentPlan.Between(original, target)));
    }

    [Fact]
    public void Between_OnlyInstancesChanged_Scales()
    {
        var original = Tree(App("/web", instances: 2));
        var target = original.With(App("/web", instances: 5) with { Version = Second });

        Assert.Equal(["ScaleApplication /web"], Text(DeploymentPlan.Between(original, target)));
    }

    [Fact]
    public void Between_ConfigurationChanged_Restarts()
    {
        var original = Tree(App("/web", instances: 2));
        var target = original.With(App("/web", instances: 5, at: Second));

        Assert.Equal(["RestartApplication /web"], Text(DeploymentPlan.Between(original, target)));
    }

    [Fact]
    public void Between_ConfigurationChangedAndNoInstances_Scales()
    {
        var original = Tree(App("/web", instances: 2));
        var target = original.With(App("/web", instances: 0, at: Second));

        Assert.Equal(["ScaleApplication /web"], Text(DeploymentPlan.Between(original, target)));
    }

    [Fact]
    public void Between_NewAppWithoutInstances_OnlyStarts()
    {
        Assert.Equal(["StartApplication /web"], Text(DeploymentPlan.Between(ServiceTree.Empty, Tree(App("/web", instances: 0)))));
    }

    [Fact]
    public void Between_NothingChanged_HasNoSteps()
    {
        var tree = Tree(App("/web"));

        Assert.Empty(DeploymentPlan.Between(tree, tree));
    }

    [Fact]
    public void Between_ScaledWhileOtherConfigurationsRun_Restarts()
    {
        var original = Tree(App("/web", instances: 2));
        var target = original.With(App("/web", instances: 5) with { Version = Second });

        Assert.Equal(["RestartApplication /web"], Text(DeploymentPlan.Between(original, target, id => id == new PathId("/web"))));
    }

    [Fact]
    public void Between_GroupDependencies_HoldForEverythingBelowAndOnEverythingBelow()
    {
        var target = Tree(App("/data/deep/db"), App("/data/cache"), App("/front/web"), App("/front/sub/admin"));
        target = target.With(new Group(new("/front"), [new("/data")], null, First));

        var steps = DeploymentPlan.Between(ServiceTree.Empty, target);

        Assert.Equal(["ScaleApplication /data/cache, ScaleApplication /data/deep/db", "ScaleApplication /front/sub/admin, ScaleApplication /front/web"], Text(steps).Skip(1));
    }

    [Fact]
    public void Between_DependenciesOnNothing_DoNotCount()
    {
        var steps = DeploymentPlan.Between(ServiceTree.Empty, Tree(App("/web", dependencies: ["/nothing", "/web"]), App("/api")));

        Assert.Equal(2, steps.Count);
    }

    [Fact]
    public void Between_UnchangedInTheMiddle_KeepsTheOrderOfTheOthers()
    {
        var original = Tree(App("/db"), App("/api", dependencies: ["/db"]), App("/web", dependencies: ["/api"]));
        var target = original.With(App("/db", at: Second)).With(App("/web", at: Second, dependencies: ["/api"]));

        Assert.Equal(["RestartApplication /db", "RestartApplication /web"], Text(DeploymentPlan.Between(original, target)));
    }

    [Fact]
    public void Between_Pods_NamesThemSo()
    {
        var pod = new PodSpec { Id = new("/pod"), Version = First, LastConfigChangeAt = First };

        Assert.Equal(["StartPod /pod", "ScalePod /pod"], Text(DeploymentPlan.Between(ServiceTree.Empty, ServiceTree.Empty.With(pod))));
    }

    private static string[] Text(IReadOnlyList<DeploymentStep> steps) => [.. steps.Select(step => string.Join(", ", step.Actions.Select(action => $"{action.Name} {action.Spec}")))];

    private static ServiceTree Tree(params AppSpec[] apps) => apps.Aggregate(ServiceTree.Empty, (tree, app) => tree.With(app));

    private static AppSpec App(string id, int instances = 1, DateTimeOffset? at = null, string[]? dependencies = null) => new()
    {
        Id = new(id),
        Version = at ?? First,
        LastConfigChangeAt = at ?? First,
        Instances = instances,
        Dependencies = [.. (dependencies ?? []).Select(dependency => new PathId(dependency))],
    };
}
