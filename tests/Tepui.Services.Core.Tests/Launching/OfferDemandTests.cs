using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Launching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching;

public sealed class OfferDemandTests
{
    [Fact]
    public void Settle_Subscribed_SuppressesWhatIsNotWanted()
    {
        var scene = new Scene();
        scene.Add(A.App() with { Role = "dev" });

        scene.Step(OfferDemand.Subscribed);

        Assert.Equal(["*"], Assert.Single(scene.Of<ServicesEffect.Suppress>()).Roles);
        Assert.Equal(["dev"], Assert.Single(scene.Of<ServicesEffect.Revive>()).Roles);
    }

    [Fact]
    public void Settle_NewInstance_RevivesAtOnceThenAtIntervals()
    {
        var scene = new Scene();
        scene.Add(A.App("/a"));
        Assert.Single(scene.Of<ServicesEffect.Revive>());

        scene.Add(A.App("/b"));
        Assert.Empty(scene.Of<ServicesEffect.Revive>());
        scene.Add(A.App("/c"));

        scene.Pass(TimeSpan.FromMilliseconds(99));
        Assert.Empty(scene.Of<ServicesEffect.Revive>());
        scene.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Single(scene.Of<ServicesEffect.Revive>());
        scene.Pass(TimeSpan.FromSeconds(4));
        Assert.Empty(scene.Of<ServicesEffect.Revive>());
    }

    [Fact]
    public void Settle_RevivalBringsNoOffer_IsRepeatedAfterLongerAndLongerWaits()
    {
        var scene = new Scene();
        scene.Add(A.App());
        Assert.Single(scene.Of<ServicesEffect.Revive>());

        foreach (var wait in new[] { 5, 10, 20, 40, 60, 60 })
        {
            scene.Pass(TimeSpan.FromSeconds(wait - 0.001));
            Assert.Empty(scene.Of<ServicesEffect.Revive>());
            scene.Pass(TimeSpan.FromSeconds(0.001));
            Assert.Single(scene.Of<ServicesEffect.Revive>());
        }
    }

    [Fact]
    public void Settle_OffersCameButDidNotDo_RevivesNoMore()
    {
        var scene = new Scene();
        scene.Add(A.App());

        scene.Offer(An.Offer(cpus: 0.01));
        scene.Pass(TimeSpan.FromMinutes(10));

        Assert.Empty(scene.Of<ServicesEffect.Revive>());
    }

    [Fact]
    public void Settle_OffersThoughSuppressed_SuppressesAgain()
    {
        var scene = new Scene();
        scene.Add(A.App());
        scene.Offer(An.Offer());
        Assert.Single(scene.Of<ServicesEffect.Suppress>());

        scene.Pass(TimeSpan.FromSeconds(6));
        scene.Offer(An.Offer());

        Assert.Equal(["*"], Assert.Single(scene.Of<ServicesEffect.Suppress>()).Roles);
    }

    [Fact]
    public void Settle_NothingWaitsAnyMore_Suppresses()
    {
        var scene = new Scene();
        scene.Add(A.App());

        scene.Offer(An.Offer());

        Assert.Equal(["*"], Assert.Single(scene.Of<ServicesEffect.Suppress>()).Roles);
    }

    [Fact]
    public void Settle_DelayExpires_Revives()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        scene.Step(turn => scene.State.Queue.Failed(turn, scene.Instances(app)[0]));
        Assert.Single(scene.Of<ServicesEffect.Suppress>());

        scene.Pass(TimeSpan.FromMilliseconds(999));
        Assert.Empty(scene.Of<ServicesEffect.Revive>());
        scene.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Single(scene.Of<ServicesEffect.Revive>());
    }

    [Fact]
    public void Settle_DelayCountedAnew_RevivesWhenItEnds()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        var instance = scene.Instances(app)[0];
        scene.Step(turn => scene.State.Queue.Failed(turn, instance));
        scene.Now += TimeSpan.FromMilliseconds(500);
        scene.Step(turn => scene.State.Queue.Progressed(turn, instance));

        scene.Pass(TimeSpan.FromMilliseconds(500));
        Assert.Empty(scene.Of<ServicesEffect.Revive>());
        scene.Pass(TimeSpan.FromMilliseconds(500));
        Assert.Single(scene.Of<ServicesEffect.Revive>());
    }

    [Fact]
    public void Settle_PlaceOfConstraintBecomesFree_Revives()
    {
        var scene = new Scene();
        var app = scene.Add(A.App(instances: 2) with { Constraints = [A.Constraint("hostname", ConstraintOperator.Unique)] });
        scene.Offer(An.Offer());
        var placed = scene.Instances(app).Single(instance => instance.Condition == Condition.Provisioned);
        scene.Now += TimeSpan.FromSeconds(1);

        scene.Change(placed, instance => instance with { Condition = Condition.Killing });
        Assert.Empty(scene.Of<ServicesEffect.Revive>());
        scene.Change(placed, instance => instance with { Condition = Condition.Killed });
        Assert.Single(scene.Of<ServicesEffect.Revive>());
    }

    [Fact]
    public void Settle_NotSubscribed_SaysNothing()
    {
        var scene = new Scene();
        scene.State.Master = null;

        scene.Add(A.App());
        Assert.Empty(scene.Of<ServicesEffect.Revive>());

        scene.State.Master = "master";
        scene.Step(OfferDemand.Subscribed);
        Assert.Single(scene.Of<ServicesEffect.Revive>());
    }
}
