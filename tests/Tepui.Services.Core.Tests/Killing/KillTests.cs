using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Killing;

public class KillTests
{
    private readonly LifeWorld _world = new LifeWorld().Subscribed();

    [Fact]
    public void End_OfARunningInstance_KillsItAndWaitsForItsEnd()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App() with { TaskKillGracePeriod = TimeSpan.FromSeconds(7) }))[0];

        End(instance);

        Assert.Equal(Condition.Killing, _world.Find(instance)!.Condition);
        _world.Status(instance, TaskState.TaskKilled);
        Assert.Null(_world.Find(instance));
        Assert.False(_world.Core.State.Kills.IsUnderWay(instance.Id));
    }

    [Fact]
    public void Kill_NotConfirmed_IsSentAgainEvery30SecondsWithItsGrace()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App() with { TaskKillGracePeriod = TimeSpan.FromSeconds(7) }))[0];
        End(instance);

        _world.Wait(TimeSpan.FromSeconds(29));
        Assert.Empty(_world.Kills);
        _world.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(new ServicesEffect.Kill(instance.Tasks[0].Id, instance.Host!.Agent, TimeSpan.FromSeconds(7)), Assert.Single(_world.Kills));
        _world.Wait(TimeSpan.FromSeconds(60));
        Assert.Equal(2, _world.Kills.Count());
    }

    [Fact]
    public void Kill_OfATaskThatRunsOn_StaysShownAsKilling()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];
        End(instance);

        _world.Status(instance, TaskState.TaskRunning, status => status.Healthy = true);

        Assert.Equal(Condition.Killing, _world.Find(instance)!.Condition);
    }

    [Fact]
    public void Kills_MoreThanAChunk_WaitForTheirTurn()
    {
        var world = new LifeWorld(new() { KillChunkSize = 2 }).Subscribed();
        var instances = world.Running(world.Spec(TestSpecs.App(instances: 5)), 5);
        foreach (var instance in instances)
        {
            world.Inside(turn => turn.State.Kills.End(turn, instance, Goal.Decommissioned));
        }

        Assert.Equal(2, world.Core.State.Kills.Sent);
        Assert.Equal(3, world.Core.State.Kills.Waiting);
        world.Status(instances[0], TaskState.TaskKilled);
        Assert.Equal(instances[2].Tasks[0].Id, Assert.Single(world.Kills).Task);
        Assert.Equal(2, world.Core.State.Kills.Sent);
    }

    [Fact]
    public void End_OfAnInstanceThatWaits_ForgetsItAtOnce()
    {
        var spec = _world.Spec(TestSpecs.App());
        var waiting = _world.Launched(spec)[0] with { Condition = Condition.Scheduled, Tasks = [], Host = null };
        _world.Inside(turn => turn.State.Instances.Replace(turn, waiting));

        End(waiting);

        Assert.Null(_world.Find(waiting));
        Assert.Equal(0, _world.Core.State.Kills.Sent);
    }

    [Fact]
    public void End_OfAnUnreachableInstance_ForgetsItAndEndsItWhenItReturns()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App() with { Unreachable = null }))[0];
        _world.Status(instance, TaskState.TaskUnreachable);

        End(_world.Find(instance)!);
        Assert.Null(_world.Find(instance));

        _world.Status(instance, TaskState.TaskRunning);
        Assert.Single(_world.Kills);
    }

    [Fact]
    public void Kill_OfAnInstanceWhoseAgentIsLost_IsGivenUpAndMakesRoom()
    {
        var world = new LifeWorld(new() { KillChunkSize = 1 }).Subscribed();
        var instances = world.Running(world.Spec(TestSpecs.App(instances: 2) with { Unreachable = null }), 2);
        foreach (var instance in instances)
        {
            world.Inside(turn => turn.State.Kills.End(turn, instance, Goal.Decommissioned));
        }

        world.Status(instances[0], TaskState.TaskUnreachable);

        Assert.Null(world.Find(instances[0]));
        Assert.Equal(instances[1].Tasks[0].Id, Assert.Single(world.Kills).Task);
        world.Status(instances[0], TaskState.TaskRunning);
        Assert.Equal(instances[0].Tasks[0].Id, Assert.Single(world.Kills).Task);
    }

    [Fact]
    public void Kill_OfATaskThatNeverCameToBe_EndsByTheMastersWord()
    {
        var instance = _world.Launched(_world.Spec(TestSpecs.App()))[0];
        End(instance);

        _world.Wait(TimeSpan.FromSeconds(30));
        Assert.Equal(instance.Tasks[0].Id, Assert.Single(Assert.Single(_world.Effects.OfType<ServicesEffect.Reconcile>()).Tasks).Task);
        _world.Status(instance, TaskState.TaskUnknown);

        Assert.Null(_world.Find(instance));
    }

    [Fact]
    public void Kills_UnderWayAtARestart_AreSentAgain()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];
        End(instance);

        _world.Restart();
        _world.Subscribed();

        Assert.Equal(instance.Tasks[0].Id, Assert.Single(_world.Kills).Task);
        _world.Wait(TimeSpan.FromSeconds(30));
        Assert.Single(_world.Kills);
    }

    [Fact]
    public void Kills_WhileDisconnected_WaitForTheNextSession()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];
        _world.Step(new ServicesInput.Disconnected());
        End(instance);
        _world.Wait(TimeSpan.FromSeconds(90));
        Assert.Empty(_world.Kills);

        _world.Subscribed();

        Assert.Equal(instance.Tasks[0].Id, Assert.Single(_world.Kills).Task);
    }

    [Fact]
    public void End_OfAResidentInstance_ByGoal()
    {
        var spec = _world.Spec(TestSpecs.Resident(instances: 3));
        var instances = _world.Running(spec, 3);
        _world.Scale(spec, 1);

        _world.Inside(turn => turn.State.Kills.End(turn, instances[0], Goal.Running));
        _world.Inside(turn => turn.State.Kills.End(turn, instances[1], Goal.Stopped));
        _world.Inside(turn => turn.State.Kills.End(turn, instances[2], Goal.Decommissioned));
        foreach (var instance in instances)
        {
            _world.Status(instance, TaskState.TaskKilled);
        }

        Assert.Equal((Goal.Running, Condition.Scheduled), (_world.Find(instances[0])!.Goal, _world.Find(instances[0])!.Condition));
        Assert.Equal((Goal.Stopped, Condition.Killed), (_world.Find(instances[1])!.Goal, _world.Find(instances[1])!.Condition));
        Assert.Null(_world.Find(instances[2]));
    }

    private void End(Instance instance) => _world.Inside(turn => turn.State.Kills.End(turn, instance, Goal.Decommissioned));
}
