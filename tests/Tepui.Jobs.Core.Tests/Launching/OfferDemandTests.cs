using Tepui.Jobs.Core.Tests.Building;

namespace Tepui.Jobs.Core.Tests.Launching;

public sealed class OfferDemandTests
{
    private static readonly DateTimeOffset Noon = new(2031, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Due_OneJob_IsLaunchedAtItsTimeFromTheHand()
    {
        var world = new JobsHarness();
        world.Put(A.Job("tick"));

        world.PassUntil(Noon.AddMilliseconds(-1));
        Assert.Equal(1, world.State.Offers.Count);
        Assert.Empty(world.Launched);
        world.PassUntil(Noon);

        var run = world.Run("tick", 1);
        Assert.Equal(Noon, Assert.Single(run.Attempts).LaunchedAt);
        Assert.Equal(0, world.State.Offers.Count);
    }

    [Fact]
    public void Idle_LongBeforeTheNextDueTime_SuppressesOnceAndHoldsNothing()
    {
        var world = new JobsHarness();
        world.Put(A.Job("tick"));

        world.PassUntil(Noon.AddSeconds(-2));

        Assert.Single(world.Effects.OfType<JobsEffect.Suppress>());
        Assert.Empty(world.Effects.OfType<JobsEffect.Revive>());
        Assert.Equal(0, world.State.Offers.Count);
        Assert.Equal(Noon.AddSeconds(-1), world.Core.NextDeadline);
    }

    [Fact]
    public void AfterARun_NothingDueSoon_IsSuppressedAgain()
    {
        var world = new JobsHarness { Fate = _ => (TimeSpan.FromSeconds(5), Protocol.V1.TaskState.TaskFinished) };
        world.Put(A.Job("tick"));

        world.PassUntil(Noon.AddMinutes(1));

        Assert.Single(world.Launched);
        Assert.False(world.State.Demand.IsWanted);
        Assert.Equal(0, world.State.Offers.Count);
        Assert.Single(world.Effects.OfType<JobsEffect.Revive>());
    }

    [Fact]
    public void Manual_NothingElse_AsksForOffersAtOnce()
    {
        var world = new JobsHarness();
        world.Put(A.Job("tick"));
        world.Pass(TimeSpan.FromMinutes(1));

        world.Start("tick");

        Assert.Single(world.Launched);
    }
}
