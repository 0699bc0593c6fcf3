using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Autoscaling;

/// <summary>It is 12:00 UTC, 2 March 2026, when the world begins.</summary>
public class ScheduledScalingTests
{
    private static readonly ScheduledScale[] DayAndNight = [new("0 20 * * *", "Etc/UTC", 1), new("0 8 * * *", "Etc/UTC", 3)];

    private readonly LifeWorld _world = new LifeWorld().Subscribed();

    [Fact]
    public void Count_FollowsTheClock()
    {
        var app = Start(DayAndNight, 2);

        _world.Wait(TimeSpan.FromHours(8) - LifeWorld.Seconds(1));
        Assert.Equal(2, Count(app));
        _world.Wait(LifeWorld.Seconds(1));
        Assert.Equal(1, Count(app));
        Assert.Equal("schedule '0 20 * * *' in Etc/UTC", Assert.Single(_world.Events.OfType<ServiceEvent.Autoscaled>()).Reason);
        _world.EndKilled();
        _world.Wait(TimeSpan.FromHours(12));
        Assert.Equal(3, Count(app));
    }

    [Fact]
    public void Time_WhileTheSchedulerWasAway_IsMadeUpFor()
    {
        var app = Start(DayAndNight, 2);

        _world.Away(TimeSpan.FromHours(9));
        _world.Subscribed();
        _world.Wait(TimeSpan.Zero);

        Assert.Equal(1, Count(app));
    }

    [Fact]
    public void Time_BeforeTheCountWasChangedByHand_IsNot()
    {
        var app = Start(DayAndNight, 2);
        _world.Wait(TimeSpan.FromHours(9));
        _world.EndKilled();
        _world.RunWaiting(_world.Deployed((AppSpec)_world.Core.State.Catalog.Tree.Spec(app.Id)! with { Instances = 5 }));

        _world.Away(TimeSpan.FromHours(1));
        _world.Subscribed();
        _world.Wait(LifeWorld.Seconds(10));

        Assert.Equal(5, Count(app));
    }

    [Fact]
    public void Time_DuringADeployment_WaitsForItsEnd()
    {
        var app = _world.Deployed(TestSpecs.App(instances: 2) with { Schedule = DayAndNight });
        _world.Wait(TimeSpan.FromHours(8));
        Assert.Equal(2, Count(app));

        _world.RunWaiting(app);
        Assert.Empty(_world.Core.State.Deployments.Running);
        _world.Wait(LifeWorld.Seconds(5));

        Assert.Equal(1, Count(app));
    }

    [Fact]
    public void Zone_ThatIsNotKnown_IsSaid()
    {
        var app = Start([new("0 20 * * *", "Mars/Olympus", 1)], 2);

        _world.Wait(TimeSpan.FromDays(1));

        Assert.Equal(2, Count(app));
        Assert.Contains("time zone 'Mars/Olympus' is not known", _world.Core.View(_world.Now).Scaling[app.Id].Reason, StringComparison.Ordinal);
    }

    private AppSpec Start(ScheduledScale[] schedule, int instances)
    {
        var app = _world.Deployed(TestSpecs.App(instances: instances) with { Schedule = schedule });
        _world.RunWaiting(app);
        return app;
    }

    private int Count(AppSpec app) => _world.Core.State.Catalog.Tree.Spec(app.Id)!.Instances;
}
