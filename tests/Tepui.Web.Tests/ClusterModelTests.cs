using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Master;
using Tepui.Web.Cluster;

namespace Tepui.Web.Tests;

public sealed class ClusterModelTests
{
    [Fact]
    public void Apply_Subscribed_ReplacesAllThatWas()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed(A.Task("old")));

        model.Apply(A.Subscribed(A.Task("new")));

        Assert.Equal([new TaskKey("F0", "new")], model.Read(m => m.Tasks.Keys.ToList()));
    }

    [Fact]
    public void Apply_TaskUpdated_ChangesStateAndKeepsTheHistory()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed(A.Task("t", TaskState.TaskStaging)));
        var before = model.Version;

        model.Apply(A.Updated("t", TaskState.TaskRunning));
        model.Apply(A.Updated("t", TaskState.TaskFailed));

        var task = model.Read(m => m.Tasks[new TaskKey("F0", "t")]);
        Assert.Equal(TaskState.TaskFailed, task.State);
        Assert.Equal([TaskState.TaskStaging, TaskState.TaskRunning, TaskState.TaskFailed], task.Statuses.Select(status => status.State));
        Assert.Equal(before + 2, model.Version);
    }

    [Fact]
    public void Apply_UpdateOfAnUnknownTask_ChangesNothing()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed());
        var before = model.Version;

        model.Apply(A.Updated("nosuch", TaskState.TaskRunning));

        Assert.Equal(before, model.Version);
    }

    [Fact]
    public void Apply_MoreEndedTasksThanAreKept_ForgetsTheOldest()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed(A.Task("runs")));

        for (var i = 0; i <= ClusterModel.MaxEnded; i++)
        {
            model.Apply(A.Added(A.Task($"t{i}", TaskState.TaskFinished)));
        }

        Assert.Equal(ClusterModel.MaxEnded + 1, model.Read(m => m.Tasks.Count));
        Assert.False(model.Read(m => m.Tasks.ContainsKey(new TaskKey("F0", "t0"))));
        Assert.True(model.Read(m => m.Tasks.ContainsKey(new TaskKey("F0", "runs"))));
    }

    [Fact]
    public void Apply_StateAheadOfItsNews_IsBehindUntilTasksAreReadAgain()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed(A.Task("t", TaskState.TaskStaging)));
        var update = A.Updated("t", TaskState.TaskFailed);
        update.TaskUpdated.Status.State = TaskState.TaskRunning;

        model.Apply(update);
        Assert.True(model.IsBehind);
        Assert.Equal(TaskState.TaskFailed, model.Read(m => m.Tasks[new TaskKey("F0", "t")].State));

        var fresh = new Response.Types.GetTasks();
        var task = A.Task("t", TaskState.TaskFailed);
        task.Statuses.Add(A.Status("t", TaskState.TaskRunning));
        task.Statuses.Add(A.Status("t", TaskState.TaskFailed, "why"));
        fresh.CompletedTasks.Add(task);
        model.Replace(fresh);
        Assert.False(model.IsBehind);
        Assert.Equal("why", model.Read(m => m.Tasks[new TaskKey("F0", "t")].Statuses[^1].Message));
    }

    [Fact]
    public void Replace_WithTasksOlderThanTheEvents_KeepsWhatTheEventsTold()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed(A.Task("t")));
        model.Apply(A.Updated("t", TaskState.TaskFinished));
        var old = new Response.Types.GetTasks();
        old.Tasks.Add(A.Task("t"));

        model.Replace(old);

        Assert.Equal(TaskState.TaskFinished, model.Read(m => m.Tasks[new TaskKey("F0", "t")].State));
    }

    [Fact]
    public void Apply_FrameworkRemoved_ShowsItAsGone()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed());

        model.Apply(new Event { Type = Event.Types.Type.FrameworkRemoved, FrameworkRemoved = new() { FrameworkInfo = A.Framework().FrameworkInfo } });

        Assert.False(model.Read(m => m.Frameworks["F0"].Connected));
    }

    [Fact]
    public void Apply_AgentRemovedAndAdded_FollowsBoth()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed());

        model.Apply(new Event { Type = Event.Types.Type.AgentRemoved, AgentRemoved = new() { AgentId = new() { Value = "S0" } } });
        Assert.Empty(model.Read(m => m.Agents.Keys.ToList()));

        model.Apply(new Event { Type = Event.Types.Type.AgentAdded, AgentAdded = new() { Agent = A.Agent("S1") } });
        Assert.Equal(["S1"], model.Read(m => m.Agents.Keys.ToList()));
    }
}
