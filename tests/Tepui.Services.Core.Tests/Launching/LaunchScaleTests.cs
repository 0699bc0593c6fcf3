using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching;

/// <summary>Sizes at which a walk over all instances per offer would take minutes and be noticed.</summary>
public sealed class LaunchScaleTests
{
    private const int Agents = 10_000;

    [Fact]
    public void Handle_FiftyThousandInstancesOnTenThousandAgents_AllArePlaced()
    {
        var scene = new Scene();
        AppSpec[] apps =
        [
            scene.Add(A.App("/a", 12_500)),
            scene.Add(A.App("/b", 12_500) with { Constraints = [A.Constraint("hostname", ConstraintOperator.MaxPer, "2")] }),
            scene.Add(A.App("/c", 12_500) with { Constraints = [A.Constraint("@zone", ConstraintOperator.GroupBy, "10")] }),
            scene.Add(A.App("/d", 12_500)),
        ];
        var offers = (First: Offers(), Second: Offers());

        scene.Offer(offers.First);
        var launched = scene.Launched().Count;
        Assert.InRange(launched, 40_000, 50_000);
        scene.Offer(offers.Second);

        Assert.Equal(50_000, launched + scene.Launched().Count);
        Assert.All(apps, app => Assert.All(scene.Instances(app), instance => Assert.Equal(Condition.Provisioned, instance.Condition)));
    }

    [Theory]
    [InlineData(ConstraintOperator.Unique, null)]
    [InlineData(ConstraintOperator.GroupBy, "10000")]
    [InlineData(ConstraintOperator.GroupBy, null)]
    public void Handle_OneInstancePerAgentByConstraint_SpreadsThem(ConstraintOperator rule, string? value)
    {
        var scene = new Scene();
        var app = scene.Add(A.App("/a", Agents) with { Constraints = [A.Constraint("hostname", rule, value)] });

        scene.Offer(Offers());

        Assert.Equal(Agents, scene.Instances(app).Select(instance => instance.Host!.Hostname).Distinct().Count());
    }

    [Fact]
    public void Handle_HundredAppsThatFitNowhere_LaunchesNothing()
    {
        var scene = new Scene();
        for (var i = 0; i < 100; i++)
        {
            scene.Add(A.App($"/a{i}", 10, cpus: 100));
        }

        var offers = Offers();

        scene.Offer(offers);

        Assert.Empty(scene.Launched());
    }

    private static Protocol.V1.Offer[] Offers() => [.. Enumerable.Range(0, Agents).Select(i => An.Offer($"host{i}", zone: $"zone{i % 10}"))];
}
