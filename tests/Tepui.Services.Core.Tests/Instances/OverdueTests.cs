using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Instances;

public class OverdueTests
{
    private readonly LifeWorld _world = new LifeWorld().Subscribed();

    [Fact]
    public void Launch_NothingIsHeardOf_IsGivenUpAfterFiveMinutes()
    {
        var instance = _world.Launched(_world.Spec(TestSpecs.App()))[0];

        _world.Wait(TimeSpan.FromSeconds(299));
        Assert.Equal(Condition.Provisioned, _world.Find(instance)!.Condition);
        _world.Wait(TimeSpan.FromSeconds(1));

        Assert.Null(_world.Find(instance));
        Assert.Equal(instance.Tasks[0].Id, Assert.Single(_world.Kills).Task);
    }

    [Fact]
    public void Staging_ForFiveMinutes_IsKilled()
    {
        var instance = _world.Launched(_world.Spec(TestSpecs.App()))[0];
        _world.Status(instance, TaskState.TaskStaging);

        _world.Wait(TimeSpan.FromSeconds(299));
        Assert.Empty(_world.Kills);
        _world.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(Condition.Killing, _world.Find(instance)!.Condition);
        Assert.Equal(Goal.Decommissioned, _world.Find(instance)!.Goal);
        Assert.Equal(instance.Tasks[0].Id, Assert.Single(_world.Kills).Task);
    }

    [Fact]
    public void Unreachable_ByDefault_IsReplacedAtOnceAndForgottenAtTheNextSweep()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];

        _world.Status(instance, TaskState.TaskUnreachable);
        Assert.Equal(Condition.UnreachableInactive, _world.Find(instance)!.Condition);
        _world.Wait(TimeSpan.FromSeconds(299));
        Assert.NotNull(_world.Find(instance));
        _world.Wait(TimeSpan.FromSeconds(1));

        Assert.Null(_world.Find(instance));
    }

    [Fact]
    public void Unreachable_WithAStrategy_GoesThroughItsTimes()
    {
        var strategy = new UnreachableStrategy(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(700));
        var instance = _world.Running(_world.Spec(TestSpecs.App() with { Unreachable = strategy }))[0];

        _world.Status(instance, TaskState.TaskUnreachable);
        _world.Wait(TimeSpan.FromSeconds(59));
        Assert.Equal(Condition.Unreachable, _world.Find(instance)!.Condition);
        _world.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(Condition.UnreachableInactive, _world.Find(instance)!.Condition);
        Assert.Single(_world.Events, happened => happened is ServiceEvent.InstanceChanged { Condition: Condition.UnreachableInactive });
        _world.Wait(TimeSpan.FromSeconds(639));
        Assert.NotNull(_world.Find(instance));
        _world.Wait(TimeSpan.FromSeconds(60));
        Assert.Null(_world.Find(instance));
    }

    [Fact]
    public void Unreachable_ThatWaitsForEver_StaysUntilItReturns()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App() with { Unreachable = null }))[0];

        _world.Status(instance, TaskState.TaskUnreachable);
        _world.Wait(TimeSpan.FromDays(2));
        Assert.Equal(Condition.Unreachable, _world.Find(instance)!.Condition);

        _world.Status(instance, TaskState.TaskRunning);
        Assert.Equal(Condition.Running, _world.Find(instance)!.Condition);
        Assert.Equal(instance.ActiveSince, _world.Find(instance)!.ActiveSince);
    }

    [Fact]
    public void Unreachable_InactiveOneThatReturns_RunsOn()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];
        _world.Status(instance, TaskState.TaskUnreachable);

        _world.Status(instance, TaskState.TaskRunning);

        Assert.Equal(Condition.Running, _world.Find(instance)!.Condition);
        Assert.Empty(_world.Kills);
    }

    [Fact]
    public void Unreachable_OneThatReturnsTooLate_IsEnded()
    {
        var instance = _world.Running(_world.Spec(TestSpecs.App()))[0];
        _world.Status(instance, TaskState.TaskUnreachable);
        _world.Wait(TimeSpan.FromMinutes(6));

        _world.Status(instance, TaskState.TaskRunning);

        Assert.Equal(instance.Tasks[0].Id, Assert.Single(_world.Kills).Task);
    }
}
