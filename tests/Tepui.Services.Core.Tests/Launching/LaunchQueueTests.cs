using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching;

public sealed class LaunchQueueTests
{
    [Fact]
    public void Failed_AgainAndAgain_WaitsGrowToTheLongest()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        var instance = scene.Instances(app)[0];
        var delays = new List<double>();
        for (var i = 0; i < 42; i++)
        {
            scene.Step(turn => scene.State.Queue.Failed(turn, instance));
            delays.Add(scene.State.Queue.DelayOf(app).TotalSeconds);
        }

        Assert.Equal([1, 1.15, 1.3225], delays.Take(3));
        Assert.Equal(1.15 * delays[39], delays[40], 3);
        Assert.True(delays[40] < 300);
        Assert.Equal(300, delays[41]);
    }

    [Fact]
    public void Handle_DelayInForce_SkipsTheApp()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        scene.Step(turn => scene.State.Queue.Failed(turn, scene.Instances(app)[0]));

        scene.Offer(An.Offer());
        Assert.Empty(scene.Launched());

        scene.Now += TimeSpan.FromSeconds(1);
        scene.Offer(An.Offer());
        Assert.Single(scene.Launched());
    }

    [Fact]
    public void Failed_NewConfiguration_StartsWithoutDelay()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        scene.Step(turn => scene.State.Queue.Failed(turn, scene.Instances(app)[0]));

        var changed = app with { Version = A.Start.AddSeconds(1), LastConfigChangeAt = A.Start.AddSeconds(1) };
        scene.Add(changed);
        scene.Offer(An.Offer());

        Assert.Single(scene.Launched());
        Assert.Single(scene.Instances(app), instance => instance.Condition == Condition.Provisioned && instance.ConfigVersion == changed.LastConfigChangeAt);
    }

    [Fact]
    public void Progressed_DelayInForce_CountsFromNow()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        var instance = scene.Instances(app)[0];
        scene.Step(turn => scene.State.Queue.Failed(turn, instance));
        scene.Now += TimeSpan.FromMilliseconds(700);
        scene.Step(turn => scene.State.Queue.Progressed(turn, instance));

        Assert.Equal(scene.Now.AddSeconds(1), scene.State.Queue.DelayedUntil(app, scene.Now));
    }

    [Fact]
    public void DelayedUntil_NothingForTheLongestWait_IsForgotten()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        scene.Step(turn => scene.State.Queue.Failed(turn, scene.Instances(app)[0]));

        scene.Now += TimeSpan.FromSeconds(300);
        Assert.NotNull(scene.State.Queue.DelayedUntil(app, scene.Now));
        scene.Now += TimeSpan.FromSeconds(1);
        Assert.Null(scene.State.Queue.DelayedUntil(app, scene.Now));
    }

    [Fact]
    public void ResetDelay_AppWaits_IsLaunchedAtOnce()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        scene.Step(turn => scene.State.Queue.Failed(turn, scene.Instances(app)[0]));

        var found = false;
        scene.Step(turn => found = scene.State.Queue.ResetDelay(turn, app.Id));
        scene.Offer(An.Offer());

        Assert.True(found);
        Assert.Single(scene.Launched());
    }

    [Fact]
    public void ResetDelay_NothingWaits_SaysSo()
    {
        var scene = new Scene();

        scene.Step(turn => Assert.False(scene.State.Queue.ResetDelay(turn, new PathId("/web"))));
    }

    [Fact]
    public void View_Waiting_CountsAndFunnel()
    {
        var scene = new Scene();
        scene.Add(A.App(instances: 3, cpus: 2) with { Constraints = [A.Constraint("rack", ConstraintOperator.Is, "r1")] });

        scene.Offer(An.Offer("a"), An.Offer("b", cpus: 1).With("rack", "r1"), An.Offer("c").With("rack", "r1"));

        var item = Assert.Single(scene.State.Queue.View(scene.Now));
        Assert.Equal(1, item.Count);
        Assert.Equal(3, item.Offers.Processed);
        Assert.Equal(2, item.Offers.Unused);
        Assert.Equal(["UnfulfilledRole", "UnfulfilledConstraint", "NoCorrespondingReservationFound", "AgentMaintenance", "InsufficientCpus"], item.Offers.LastOffers.Take(5).Select(count => count.Reason));
        Assert.Equal((1, 3), Count(item.Offers.LastOffers, "UnfulfilledConstraint"));
        Assert.Equal((1, 2), Count(item.Offers.LastOffers, "InsufficientCpus"));
        Assert.Equal((0, 1), Count(item.Offers.LastOffers, "InsufficientPorts"));
        Assert.Equal(["b", "a"], item.Offers.LastUnused.Select(unused => unused.Offer.Hostname));
        Assert.Equal(["InsufficientCpus"], item.Offers.LastUnused[0].Reasons);
    }

    [Fact]
    public void View_OffersOfOneAgentAgain_LastOffersCountItOnce()
    {
        var scene = new Scene();
        scene.Add(A.App(cpus: 9));

        scene.Offer(An.Offer("a"));
        scene.Offer(An.Offer("a", mem: 1));

        var offers = Assert.Single(scene.State.Queue.View(scene.Now)).Offers;
        Assert.Equal((1, 1), Count(offers.LastOffers, "InsufficientCpus"));
        Assert.Equal((2, 2), Count(offers.SinceLaunchAttempt, "InsufficientCpus"));
    }

    [Fact]
    public void View_AllLaunched_IsEmpty()
    {
        var scene = new Scene();
        scene.Add(A.App());

        scene.Offer(An.Offer());

        Assert.Empty(scene.State.Queue.View(scene.Now));
    }

    private static (long Declined, long Processed) Count(IReadOnlyList<Views.RejectionCount> counts, string reason)
    {
        var count = counts.Single(count => count.Reason == reason);
        return (count.Declined, count.Processed);
    }
}
