using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Killing;

/// <summary>Instances that turn unhealthy together are not ended together.</summary>
public class KillBudgetTests
{
    private readonly LifeWorld _world = new LifeWorld().Subscribed();

    [Fact]
    public void One_ThatFailsAlone_IsReplacedAtOnce()
    {
        var instances = Healthy(10);

        Fail(instances.Take(1), 4);

        Assert.Equal([instances[0].Id], Killed());
        Assert.Empty(_world.Core.View(_world.Now).KillBudgets);
    }

    [Fact]
    public void Two_OfTen_AreNoPattern()
    {
        var instances = Healthy(10);

        Fail(instances.Take(2), 4);

        Assert.Equal(instances.Take(2).Select(instance => instance.Id), Killed());
    }

    [Fact]
    public void Both_OfTwo_AreReplacedOneByOne()
    {
        var instances = Healthy(2);

        Fail(instances, 4);

        Assert.Single(Killed());
        Assert.Equal(1, Assert.Single(_world.Core.View(_world.Now).KillBudgets).Value.Allowed);
    }

    [Fact]
    public void All_OfTen_AreReplacedOneByOneEachAfterAHealthySuccessor()
    {
        var instances = Healthy(10);
        var app = _world.Core.State.Catalog.Tree.App(instances[0].Spec)!;

        Fail(instances, 4);
        Assert.Single(Killed());
        var status = Assert.Single(_world.Core.View(_world.Now).KillBudgets).Value;
        Assert.Equal((9, 1), (status.Unhealthy, status.Allowed));
        Assert.Contains("10 of 10 instances turned unhealthy within 120 s, on 10 agents", status.Reason, StringComparison.Ordinal);

        Fail(instances.Where(IsRunning), 20);
        Assert.Empty(Killed());

        for (var round = 1; round <= 7; round++)
        {
            _world.Wait(LifeWorld.Seconds(1));
            var successor = Replaced(app);
            Assert.Empty(Killed());
            _world.Checked(successor, success: true);
            Assert.Single(Killed());
        }

        // Two unhealthy ones of ten are no pattern any more.
        _world.Wait(LifeWorld.Seconds(1));
        _world.Checked(Replaced(app), success: true);
        Assert.Equal(2, Killed().Count);
        Assert.Contains(_world.Events, happened => happened is ServiceEvent.KillBudgetChanged { Limited: false });
        Assert.Empty(_world.Core.View(_world.Now).KillBudgets);
    }

    [Fact]
    public void Limit_IsToldOnce()
    {
        var instances = Healthy(10);
        var told = new List<ServiceEvent.KillBudgetChanged>();

        for (var count = 0; count < 6; count++)
        {
            Fail(instances.Where(IsRunning), 1);
            told.AddRange(_world.Events.OfType<ServiceEvent.KillBudgetChanged>());
        }

        Assert.True(Assert.Single(told).Limited);
    }

    [Fact]
    public void Healing_OfAll_EndsNobodyElse()
    {
        var instances = Healthy(10);
        Fail(instances, 4);
        var survivors = instances.Where(IsRunning).ToList();

        var killed = 0;
        foreach (var instance in survivors)
        {
            _world.Checked(instance, success: true);
            killed += Killed().Count;
        }

        Assert.Equal(9, survivors.Count);
        Assert.Equal(0, killed);
        Assert.Empty(_world.Core.View(_world.Now).KillBudgets);
    }

    [Fact]
    public void Healing_OfSome_GivesTheOthersAnotherCheck()
    {
        var instances = Healthy(4);
        Fail(instances, 4);
        var survivors = instances.Where(IsRunning).ToList();

        _world.Checked(survivors[0], success: true);
        _world.Checked(survivors[1], success: true);
        Assert.Empty(Killed());
        Assert.Empty(_world.Core.View(_world.Now).KillBudgets);

        _world.Checked(survivors[2], success: false);
        Assert.Equal([survivors[2].Id], Killed());
    }

    [Fact]
    public void Failures_FarApart_AreNoPattern()
    {
        var instances = Healthy(4);
        var killed = new List<InstanceId>();

        foreach (var instance in instances)
        {
            Fail([instance], 4);
            killed.AddRange(Killed());
            _world.Wait(TimeSpan.FromMinutes(3));
        }

        Assert.Equal(instances.Select(instance => instance.Id), killed);
    }

    [Fact]
    public void Successor_NoBetterThanWhatItReplaced_IsTriedAgainInItsPlace()
    {
        var instances = Healthy(4);
        var app = _world.Core.State.Catalog.Tree.App(instances[0].Spec)!;
        Fail(instances, 4);
        _world.Wait(LifeWorld.Seconds(1));
        var successor = Replaced(app);

        _world.Wait(LifeWorld.Seconds(60));
        Fail([successor], 4);

        Assert.Equal([successor.Id], Killed());
        Assert.Equal(3, instances.Count(IsRunning));
    }

    [Fact]
    public void Cause_OnOneAgent_IsNamed()
    {
        var app = _world.Spec(TestSpecs.App(instances: 8) with { HealthChecks = [TestSpecs.HttpCheck()] });
        var there = _world.Running(app, 3, host: "rack-7");
        var others = _world.Running(app, 5);
        foreach (var instance in there.Concat(others))
        {
            _world.Checked(instance, success: true);
        }

        Fail(there, 4);

        Assert.Contains("3 of 8 instances turned unhealthy within 120 s, all on agent rack-7", Assert.Single(_world.Core.View(_world.Now).KillBudgets).Value.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Restart_WithAllUnhealthy_KeepsTheLimit()
    {
        var instances = Healthy(10);
        foreach (var instance in instances)
        {
            _world.Checked(instance, success: false);
        }

        _world.Restart();
        _world.Subscribed();
        Fail(instances, 4);

        Assert.Single(Killed());
        Assert.Single(_world.Core.View(_world.Now).KillBudgets);
    }

    [Fact]
    public void Apps_ThatFailTogether_AreReplacedOneByOne()
    {
        var all = new List<Instance>();
        for (var number = 0; number < 12; number++)
        {
            all.AddRange(Healthy(1, $"/app-{number}"));
        }

        Fail(all, 4);

        Assert.Single(Killed());
        Assert.Contains("12 of 12 instances of 12 apps and pods", _world.Core.View(_world.Now).KillBudgets.Values.First().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Apps_ThatFailTogether_TakeTurns()
    {
        var all = new List<Instance>();
        for (var number = 0; number < 8; number++)
        {
            all.AddRange(Healthy(1, $"/app-{number}"));
        }

        Fail(all, 4);
        var first = Assert.Single(Killed());
        _world.EndKilled();
        var successor = _world.RunWaiting(_world.Core.State.Catalog.Tree.App(all.Single(instance => instance.Id == first).Spec)!).Single();

        _world.Checked(successor, success: true);

        Assert.NotEqual(first, Assert.Single(Killed()));
    }

    [Fact]
    public void App_ThatIsDeletedUnderALimit_IsForgotten()
    {
        var instances = Healthy(10);
        Fail(instances, 4);
        Assert.Equal(1, _world.Core.State.Budget.Count);

        Assert.IsType<CommandOutcome.Deployed>(_world.Request(new ServicesCommand.DeleteApp(instances[0].Spec)));
        _world.EndKilled();
        _world.EndKilled();

        Assert.Equal(0, _world.Core.State.Instances.Count);
        Assert.Equal(0, _world.Core.State.Budget.Count);
        _world.Core.CheckInvariants();
    }

    private List<Instance> Healthy(int count, string id = "/web")
    {
        var instances = _world.Running(_world.Spec(TestSpecs.App(id, count) with { HealthChecks = [TestSpecs.HttpCheck()] }), count);
        foreach (var instance in instances)
        {
            _world.Checked(instance, success: true);
        }

        return instances;
    }

    /// <summary>Lets checks fail in turn, as an overloaded checker would.</summary>
    private void Fail(IEnumerable<Instance> instances, int times)
    {
        var effects = new List<ServicesEffect>();
        var list = instances.ToList();
        for (var count = 0; count < times; count++)
        {
            foreach (var instance in list.Where(IsRunning))
            {
                _world.Checked(instance, success: false, cause: "timeout");
                effects.AddRange(_world.Effects);
            }
        }

        _world.Effects.Clear();
        _world.Effects.AddRange(effects);
    }

    /// <summary>The end of what is being killed, and its successor.</summary>
    private Instance Replaced(AppSpec app)
    {
        foreach (var ending in _world.Core.State.Instances.Of(app.Id).All.Where(instance => instance.Condition == Condition.Killing).ToList())
        {
            _world.Status(ending, TaskState.TaskKilled);
        }

        return _world.RunWaiting(app).Single();
    }

    private bool IsRunning(Instance instance) => _world.Find(instance) is { Condition: Condition.Running };

    private List<InstanceId> Killed() => [.. _world.Events.OfType<ServiceEvent.UnhealthyInstanceKilled>().Select(killed => killed.Instance)];
}
