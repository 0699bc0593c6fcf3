using Tepui.Protocol.V1;
using Tepui.Testing;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;

namespace Tepui.Master.Core.Tests;

/// <summary>The whole way of one task: subscribe, register, offer, launch, update, acknowledge.</summary>
public sealed class LifeCycleTests
{
    [Fact]
    public void Task_FromOfferToAcknowledgedEnd_IsAccountedForThroughout()
    {
        var master = new MasterHarness();
        var stream = master.Subscribe(A.Framework());
        var link = master.Link(An.Arrival());
        master.Settle();

        Assert.Equal([EventType.Subscribed, EventType.Heartbeat, EventType.Offers], master.Events(stream).Select(static e => e.Type));
        var offer = Assert.Single(master.Offers(stream));
        Assert.Equal("master1-O0", offer.Id.Value);
        Assert.Equal("master1-S0", offer.AgentId.Value);
        var framework = offer.FrameworkId;
        Assert.Equal("master1-0000", framework.Value);

        Assert.Equal((202, ""), master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId))));
        var run = Assert.Single(master.Frames(link), static frame => frame.RunTask is not null);
        Assert.Equal(1UL, run.Epoch);
        Assert.True(run.RunTask.LaunchExecutor);
        Assert.Equal("*", run.RunTask.Task.Resources[0].AllocationInfo.Role);
        Assert.Equal(TaskState.TaskStaging, Assert.Single(master.View.Frameworks[0].Tasks).Task.State);
        Assert.Equal(100, master.View.Agents[0].Allocated.Scalar("cpus"));

        master.Send(link, Acts.Update(framework, run.RunTask.Task.TaskId, offer.AgentId, TaskState.TaskRunning));
        master.Send(link, Acts.Update(framework, run.RunTask.Task.TaskId, offer.AgentId, TaskState.TaskFinished, 2));
        Assert.Equal([TaskState.TaskRunning, TaskState.TaskFinished], master.Updates(stream).Select(static status => status.State));
        Assert.True(master.View.Agents[0].Allocated.IsEmpty);

        Assert.Equal((202, ""), master.Acknowledge(stream, framework, master.Updates(stream)[1]));
        Assert.Equal(Acts.Uuid(2), Assert.Single(master.Frames(link), static frame => frame.AcknowledgeStatus is not null).AcknowledgeStatus.Uuid);
        Assert.Empty(master.View.Frameworks[0].Tasks);
        Assert.Equal(TaskState.TaskFinished, Assert.Single(master.View.Frameworks[0].CompletedTasks).Task.State);
        Assert.Equal(1, master.View.Counters["master/tasks_finished"]);
    }
}
