using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Scaling;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Scaling;

public sealed class VictimsTests
{
    private static readonly DateTimeOffset Time = A.Start;
    private readonly SpecInstances _instances = new(new("/web"));
    private readonly ServicesState _state = new(new());
    private int _count;

    [Fact]
    public void TakeSurplus_ByCondition_LeastUsefulFirst()
    {
        Put(Condition.Running, healthy: true);
        Put(Condition.Running);
        Put(Condition.Running, healthy: false);
        Put(Condition.Unreachable);
        Put(Condition.Staging);
        Put(Condition.Scheduled);
        Put(Condition.Running, ready: false);

        Assert.Equal(["6", "5", "4", "3", "7", "2", "1"], Surplus(A.App(), 7));
    }

    [Theory]
    [InlineData(KillSelection.YoungestFirst, "3", "2")]
    [InlineData(KillSelection.OldestFirst, "1", "2")]
    public void TakeSurplus_AllAlike_ByAge(KillSelection selection, string first, string second)
    {
        Put(Condition.Running);
        Put(Condition.Running);
        Put(Condition.Running);

        Assert.Equal([first, second], Surplus(A.App() with { KillSelection = selection }, 2));
    }

    [Fact]
    public void TakeSurplus_OlderConfiguration_GoesBeforeThePresentOne()
    {
        Put(Condition.Running, config: Time.AddDays(-1));
        Put(Condition.Running);

        Assert.Equal(["1"], Surplus(A.App(), 1));
    }

    [Fact]
    public void TakeSurplus_GroupBy_KeepsPlacesEven()
    {
        foreach (var zone in new[] { "a", "a", "a", "a", "b", "b", "c" })
        {
            Put(Condition.Running, zone: zone);
        }

        var app = A.App() with { Constraints = [A.Constraint("@zone", ConstraintOperator.GroupBy)], KillSelection = KillSelection.OldestFirst };

        Assert.Equal(["1", "2", "3", "5"], Surplus(app, 4).Order());
    }

    [Fact]
    public void TakeSurplus_GroupByTwoFields_FirstOneDecides()
    {
        Put(Condition.Running, zone: "a", host: "x");
        Put(Condition.Running, zone: "a", host: "y");
        Put(Condition.Running, zone: "b", host: "z");
        Put(Condition.Running, zone: "a", host: "y");
        var app = A.App() with { Constraints = [A.Constraint("@zone", ConstraintOperator.GroupBy), A.Constraint("hostname", ConstraintOperator.GroupBy)], KillSelection = KillSelection.OldestFirst };

        Assert.Equal(["2", "1"], Surplus(app, 2));
    }

    [Fact]
    public void TakeSurplus_GroupByWithWaitingOnes_TheseGoFirst()
    {
        Put(Condition.Running, zone: "a");
        Put(Condition.Running, zone: "a");
        Put(Condition.Scheduled);

        Assert.Equal(["3", "1"], Surplus(A.App() with { Constraints = [A.Constraint("@zone", ConstraintOperator.GroupBy)], KillSelection = KillSelection.OldestFirst }, 2));
    }

    private void Put(Condition condition, bool? healthy = null, bool ready = true, DateTimeOffset? config = null, string? zone = null, string host = "host")
    {
        var instance = new Instance
        {
            Id = new($"{++_count}"),
            Spec = new("/web"),
            SpecVersion = Time,
            ConfigVersion = config ?? Time,
            Role = "*",
            Condition = condition,
            Since = Time.AddSeconds(_count),
            ActiveSince = condition == Condition.Running ? Time.AddSeconds(_count) : null,
            Host = condition == Condition.Scheduled ? null : A.Host(host, zone: zone),
            Healthy = healthy,
            Ready = ready,
        };
        _instances.Put(instance);
        _state.Instances.Restore(instance);
    }

    private IEnumerable<string> Surplus(AppSpec app, int count) => Victims.TakeSurplus(_state, _instances.Roster.Cohorts, app, count).Select(id => id.Value);
}
