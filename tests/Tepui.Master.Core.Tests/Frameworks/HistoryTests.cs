using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Testing;

namespace Tepui.Master.Core.Tests.Frameworks;

/// <summary>A master shows what was over before it began.</summary>
public sealed class HistoryTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void Restart_RemovedFramework_IsShownWithTheTasksItsAgentTellsOf()
    {
        var (framework, agent) = Pool();
        Teardown(framework);
        _master.Advance(TimeSpan.FromHours(1));

        _master.Restart();

        var empty = Assert.Single(_master.View.CompletedFrameworks);
        Assert.Equal((framework.Value, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).Date), (empty.Id.Value, empty.Unregistered?.Date));
        Assert.Empty(empty.CompletedTasks);
        _master.Link(Back(agent, framework, "t1", "t2"));
        var shown = Assert.Single(_master.View.CompletedFrameworks);
        Assert.Equal(["t1", "t2"], shown.CompletedTasks.Select(task => task.Task.TaskId.Value));
        Assert.Equal(empty.Unregistered, shown.Unregistered);
        Assert.Empty(_master.View.Frameworks);
    }

    [Fact]
    public void Restart_EndOfATaskNobodyAcknowledged_IsShownWithItsRemovedFramework()
    {
        var (framework, agent) = Pool();
        Teardown(framework);
        _master.Restart();
        var back = An.Return(_master.AgentInfo(agent));
        back.Frameworks.Add(A.Framework(id: framework.Value));
        back.Tasks.Add(Ended(framework, agent, "t1"));
        back.Tasks.Add(Acts.Task(framework, agent, "t2", TaskState.TaskRunning));

        _master.Link(back);

        Assert.Equal("t1", Assert.Single(Assert.Single(_master.View.CompletedFrameworks).CompletedTasks).Task.TaskId.Value);
        Assert.Empty(_master.View.Frameworks);
    }

    [Fact]
    public void Restart_LiveFramework_HasItsCompletedTasksOnce()
    {
        var (framework, agent) = Pool();
        _master.Restart();

        _master.Link(Back(agent, framework, "t1"));
        _master.Link(Back(agent, framework, "t1", "t2"));

        Assert.Equal(["t1", "t2"], Assert.Single(_master.View.Frameworks).CompletedTasks.Select(task => task.Task.TaskId.Value));
        Assert.Empty(_master.View.CompletedFrameworks);
    }

    [Fact]
    public void Return_SameMaster_AddsNothingItKnows()
    {
        var (framework, agent) = Pool();
        _master.Link(Back(agent, framework, "t1"));
        var version = _master.View.Frameworks[0];

        _master.Link(Back(agent, framework, "t1"));

        Assert.Single(_master.View.Frameworks[0].CompletedTasks);
        Assert.Equal(version.CompletedTasks, _master.View.Frameworks[0].CompletedTasks);
    }

    [Fact]
    public void Told_FrameworkNobodyKnows_IsShownAndKeepsItsTasksWhenItComes()
    {
        var (_, agent) = Pool();
        var other = new FrameworkID { Value = "other-1" };

        _master.Link(Back(agent, other, "x1"));

        Assert.Equal("other-1", Assert.Single(_master.View.CompletedFrameworks).Id.Value);
        _master.Subscribe(A.Framework(id: "other-1"));
        Assert.Empty(_master.View.CompletedFrameworks);
        var live = _master.View.Frameworks.Single(framework => framework.Id.Value == "other-1");
        Assert.Equal("x1", Assert.Single(live.CompletedTasks).Task.TaskId.Value);
    }

    [Fact]
    public void Told_MoreThanTheBounds_NewestAreKept()
    {
        var master = new MasterHarness(options => options with { MaxCompletedTasksPerFramework = 2, MaxCompletedFrameworks = 1 });
        master.Link(An.Arrival());
        var agent = master.View.Agents[0].Info.Id;
        var back = Back(agent, new() { Value = "one" }, "t1", "t2", "t3");
        back.CompletedFrameworks.Add(Completed(agent, new() { Value = "two" }, "t1"));

        master.Link(back);

        var shown = Assert.Single(master.View.CompletedFrameworks);
        Assert.Equal("one", shown.Id.Value);
        Assert.Equal(["t2", "t3"], shown.CompletedTasks.Select(task => task.Task.TaskId.Value));
    }

    [Fact]
    public void Told_Nonsense_IsLeftOut()
    {
        var (framework, agent) = Pool();
        var back = Back(agent, framework, "t1");
        back.CompletedFrameworks[0].Tasks[0].State = TaskState.TaskRunning;
        back.CompletedFrameworks.Add(new AgentFrame.Types.CompletedFramework());

        _master.Link(back);

        Assert.Empty(_master.View.Frameworks[0].CompletedTasks);
        Assert.Empty(_master.View.CompletedFrameworks);
    }

    private (FrameworkID Framework, AgentID Agent) Pool()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(failover: 3600));
        return (_master.FrameworkOf(stream).ToWire(), _master.View.Agents[0].Info.Id);
    }

    private void Teardown(FrameworkID framework) =>
        Assert.Equal(200, _master.Ask(request => new MasterInput.Teardown(request, Model.Identifiers.FrameworkId.From(framework))).Status);

    private AgentFrame.Types.Reregister Back(AgentID agent, FrameworkID framework, params string[] tasks)
    {
        var back = An.Return(_master.AgentInfo(agent));
        back.CompletedFrameworks.Add(Completed(agent, framework, tasks));
        return back;
    }

    private static AgentFrame.Types.CompletedFramework Completed(AgentID agent, FrameworkID framework, params string[] tasks) => new()
    {
        FrameworkInfo = A.Framework(id: framework.Value),
        Tasks = { tasks.Select(id => Ended(framework, agent, id)) },
    };

    // The number in the id is the time of its end.
    private static Protocol.V1.Task Ended(FrameworkID framework, AgentID agent, string id)
    {
        var task = Acts.Task(framework, agent, id, TaskState.TaskFinished);
        task.Statuses.Add(new TaskStatus { TaskId = task.TaskId, State = task.State, Timestamp = id[^1] - '0' });
        return task;
    }
}
