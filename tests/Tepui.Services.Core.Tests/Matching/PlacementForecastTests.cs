using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Matching;

public sealed class PlacementForecastTests
{
    private static readonly DateTimeOffset Later = A.Start.AddHours(1);

    [Fact]
    public void New_App_IsSpreadOverAgents()
    {
        var placement = Assert.Single(Forecast(null, A.App(instances: 3), [], An.Offer("a"), An.Offer("b")));

        Assert.Equal(["a", "b", "a"], placement.Places.Select(host => host.Hostname));
        Assert.Equal((0, ""), (placement.Unplaced, placement.Reason));
    }

    [Fact]
    public void App_TooLarge_SaysWhatIsShort()
    {
        var placement = Assert.Single(Forecast(null, A.App(instances: 3, mem: 3000), [], An.Offer("a"), An.Offer("b", cpus: 0.01)));

        Assert.Equal(["a"], placement.Places.Select(host => host.Hostname));
        Assert.Equal(2, placement.Unplaced);
        Assert.Equal("InsufficientCpus on 1 of 2 agents, InsufficientMemory on 1 of 2 agents", placement.Reason);
    }

    [Fact]
    public void Scale_OfSome_PlacesTheRestByConstraints()
    {
        var before = A.App(instances: 1) with { Constraints = [A.Constraint("hostname", ConstraintOperator.Unique)] };
        var running = Running(before, 1, "a");

        var placement = Assert.Single(Forecast(before, before with { Instances = 3 }, [running], An.Offer("a"), An.Offer("b")));

        Assert.Equal(["b"], placement.Places.Select(host => host.Hostname));
        Assert.Equal((1, "UnfulfilledConstraint on 2 of 2 agents"), (placement.Unplaced, placement.Reason));
    }

    [Fact]
    public void Update_OfAll_UsesWhatOldInstancesTake()
    {
        var before = A.App(instances: 1, mem: 3000);
        var after = before with { Cmd = "other", LastConfigChangeAt = Later };

        var placement = Assert.Single(Forecast(before, after, [Running(before, 1, "a")], An.Offer("a", mem: 100)));

        Assert.Equal(["a"], placement.Places.Select(host => host.Hostname));
    }

    [Fact]
    public void Nobody_Offers_SaysSo()
    {
        var placement = Assert.Single(Forecast(null, A.App(), []));

        Assert.Equal((1, "no agent offers anything"), (placement.Unplaced, placement.Reason));
    }

    [Fact]
    public void Removal_NeedsNoPlace() => Assert.Empty(Forecast(A.App(), null, [Running(A.App(), 1, "a")], An.Offer("a")));

    private static Instance Running(RunSpec spec, int number, string host) =>
        A.Instance(spec, number) with { Condition = Condition.Running, Host = A.Host(host) };

    private static IReadOnlyList<ForecastPlacement> Forecast(RunSpec? before, RunSpec? after, IReadOnlyList<Instance> present, params Offer[] free)
    {
        foreach (var offer in free)
        {
            foreach (var resource in offer.Resources)
            {
                resource.AllocationInfo = null;
            }
        }

        var id = (before ?? after)!.Id;
        var original = before is null ? ServiceTree.Empty : ServiceTree.Empty.With(before);
        var target = after is null ? ServiceTree.Empty : ServiceTree.Empty.With(after);
        var planned = new CommandOutcome.Planned(original, target, [new([new(ActionKind.Scale, id, IsPod: false)])]);
        return PlacementForecast.Of(new(), new FrameworkId("framework"), Later, planned, new Dictionary<PathId, IReadOnlyList<Instance>> { [id] = present }, free);
    }
}
