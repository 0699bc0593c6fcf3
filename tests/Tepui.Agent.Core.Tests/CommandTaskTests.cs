using Tepui.Protocol.V1;
using Tepui.Testing.Agent;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using Source = Tepui.Protocol.V1.TaskStatus.Types.Source;

namespace Tepui.Agent.Core.Tests;

public sealed class CommandTaskTests
{
    [Fact]
    public void Task_RunsToItsEnd_ReportsEachStateOnceAcknowledged()
    {
        var agent = Connected();

        agent.Run(Make.Task("t1", "exit 0"));
        var pid = agent.Start("t1");
        Assert.Equal(TaskState.TaskStarting, Assert.Single(agent.Updates).State);
        agent.Exit("t1", 0);
        var updates = agent.AcknowledgeAll();

        Assert.Equal([TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskFinished], updates.Select(update => update.State));
        Assert.All(updates, update =>
        {
            Assert.Equal(Source.Executor, update.Source);
            Assert.False(update.HasReason);
            Assert.Equal("t1", update.ExecutorId.Value);
            Assert.Equal(Make.AgentId, update.AgentId.Value);
            Assert.Equal(agent.ContainerOf("t1").Value, update.ContainerStatus.ContainerId.Value);
            Assert.Null(update.ContainerStatus.ContainerId.Parent);
            Assert.Equal((uint)pid, update.ContainerStatus.ExecutorPid);
            Assert.Equal("127.0.0.1", update.ContainerStatus.NetworkInfos[0].IpAddresses[0].IpAddress);
            Assert.Equal(16, update.Uuid.Length);
            Assert.Equal(4, update.Uuid[6] >> 4);
        });
        Assert.False(updates[0].HasMessage);
        Assert.Equal("Command exited with status 0", updates[2].Message);
        Assert.Contains(agent.Effects, effect => effect is AgentEffect.ForgetContainer forget && forget.Container == agent.ContainerOf("t1"));
        Assert.Equal(["agent", "epoch", $"runs/{agent.ContainerOf("t1")}"], agent.DiskKeys);
    }

    [Theory]
    [InlineData(7 << 8, "Command exited with status 7")]
    [InlineData(15, "Command terminated with signal Terminated")]
    [InlineData(9, "Command terminated with signal Killed")]
    [InlineData(11 | 0x80, "Command terminated with signal Segmentation fault (core dumped)")]
    public void Task_EndsBadly_FailsWithTheExitInWords(int waitStatus, string message)
    {
        var agent = Connected();

        agent.Run(Make.Task("t1"));
        agent.Start("t1");
        agent.Exit("t1", waitStatus);
        var last = agent.AcknowledgeAll()[^1];

        Assert.Equal(TaskState.TaskFailed, last.State);
        Assert.Equal(message, last.Message);
        Assert.False(last.HasReason);
    }

    [Fact]
    public void Task_ContainerCannotStart_FailsAndSaysWhy()
    {
        var agent = Connected();

        agent.Run(Make.Task("t1"));
        agent.FailStart("t1", "Failed to fetch all URIs for container 'c': http://x/y: 404");
        var only = Assert.Single(agent.AcknowledgeAll());

        Assert.Equal(TaskState.TaskFailed, only.State);
        Assert.Equal(Source.Agent, only.Source);
        Assert.Equal(Reason.ContainerLaunchFailed, only.Reason);
        Assert.Equal("Failed to launch container: Failed to fetch all URIs for container 'c': http://x/y: 404", only.Message);
        Assert.Equal(1, agent.Core.View(agent.Now).Counters["slave/container_launch_errors"]);
    }

    [Fact]
    public void Task_SandboxCannotBeMade_IsLost()
    {
        var agent = Connected();

        agent.Run(Make.Task("t1"));
        agent.FailStart("t1", "Failed to create executor directory '/work/x': Failed to chown directory to 'nosuchuser': No such user 'nosuchuser'");
        var only = Assert.Single(agent.AcknowledgeAll());

        Assert.Equal(TaskState.TaskLost, only.State);
        Assert.Equal(Reason.ExecutorTerminated, only.Reason);
        Assert.StartsWith("Failed to create executor directory", only.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Task_WithoutCommandValue_FailsAsExecutorTerminated()
    {
        var agent = Connected();

        agent.Run(Make.Task("t1", command: null));
        var only = Assert.Single(agent.AcknowledgeAll());

        Assert.Equal(TaskState.TaskFailed, only.State);
        Assert.Equal(Reason.ExecutorTerminated, only.Reason);
        Assert.Equal("Executor terminated", only.Message);
        Assert.Empty(agent.Started);
    }

    [Fact]
    public void Task_Started_HasItsEnvironmentAndSandbox()
    {
        var agent = Connected();
        var task = Make.Task("t1");
        task.Command.Environment = new() { Variables = { new Protocol.V1.Environment.Types.Variable { Name = "MESOS_CHECKPOINT", Value = "mine" } } };

        agent.Run(task);
        var plan = Assert.Single(agent.Started);

        var sandbox = $"slaves/{Make.AgentId}/frameworks/{Make.FrameworkId}/executors/t1/runs/{plan.Id}";
        Assert.Equal(sandbox, plan.Directory);
        Assert.Equal($"/work/{sandbox}", plan.Environment["MESOS_SANDBOX"]);
        Assert.Equal("t1", plan.Environment["MESOS_TASK_ID"]);
        Assert.Equal("web", plan.Environment["MESOS_ALLOCATION_ROLE"]);
        Assert.Equal("mine", plan.Environment["MESOS_CHECKPOINT"]);
        Assert.Equal("slave(1)@127.0.0.1:5051", plan.Environment["MESOS_SLAVE_PID"]);
        Assert.Equal("root", plan.User);
    }

    [Fact]
    public void Task_LaunchedTwice_StartsOnce()
    {
        var agent = Connected();

        agent.Run(Make.Task("t1"));
        agent.Run(Make.Task("t1"));
        agent.Start("t1");
        agent.Run(Make.Task("t1"));

        Assert.Single(agent.Started);
    }

    [Fact]
    public void Task_WithLimits_IsRefused()
    {
        var agent = Connected();
        var task = Make.Task("t1");
        task.Limits.Add("cpus", new Value.Types.Scalar { Value = 1 });

        agent.Run(task, Make.Framework(capabilities: FrameworkInfo.Types.Capability.Types.Type.PartitionAware));
        var only = Assert.Single(agent.AcknowledgeAll());

        Assert.Equal(TaskState.TaskDropped, only.State);
        Assert.Equal(Reason.GcError, only.Reason);
        Assert.Empty(agent.Started);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Task_IdUnfitForAFileName_StartsNothing(string id)
    {
        var agent = Connected();

        agent.Run(Make.Task(id));

        Assert.Empty(agent.Started);
        Assert.Equal(Reason.TaskInvalid, Assert.Single(agent.AcknowledgeAll()).Reason);
    }

    [Fact]
    public void Task_LongerThanItsCompletionTime_IsKilledAndFailed()
    {
        var agent = Connected();
        var task = Make.Task("t1");
        task.MaxCompletionTime = new() { Nanoseconds = 5_000_000_000 };

        agent.Run(task);
        agent.Start("t1");
        agent.Pass(TimeSpan.FromSeconds(4.9));
        Assert.DoesNotContain(agent.Effects, effect => effect is AgentEffect.KillContainer);
        agent.Pass(TimeSpan.FromSeconds(0.2));
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.Single(agent.Effects.OfType<AgentEffect.KillContainer>()).Grace);
        agent.Exit("t1", 15);
        var last = agent.AcknowledgeAll()[^1];

        Assert.Equal(TaskState.TaskFailed, last.State);
        Assert.Equal(Reason.MaxCompletionTimeReached, last.Reason);
    }

    [Fact]
    public void View_OfATask_FollowsItToItsEnd()
    {
        var agent = Connected();

        agent.Run(Make.Task("t1"));
        var queued = Assert.Single(Assert.Single(agent.Core.View(agent.Now).Frameworks).Executors);
        Assert.Equal("REGISTERING", queued.State);
        Assert.Equal("t1", Assert.Single(queued.QueuedTasks).TaskId.Value);
        Assert.True(queued.IsCommandExecutor);
        Assert.Equal("Command Executor (Task: t1) (Command: sh -c 'sleep 1000')", queued.Info.Name);
        var pid = agent.Start("t1");
        var running = Assert.Single(Assert.Single(agent.Core.View(agent.Now).Frameworks).Executors);
        Assert.Equal("RUNNING", running.State);
        Assert.Equal(pid, running.Pid);
        Assert.Equal(TaskState.TaskRunning, Assert.Single(running.LaunchedTasks).State);
        Assert.Same(running, agent.Core.View(agent.Now).Frameworks[0].Executors[0]);
        Assert.Equal(100, agent.Core.View(agent.Now).Allocated.Scalar("cpus"));
        agent.Exit("t1", 0);
        Assert.Single(agent.Core.View(agent.Now).Frameworks[0].Executors[0].TerminatedTasks);
        agent.AcknowledgeAll();

        var view = agent.Core.View(agent.Now);
        Assert.Empty(view.Frameworks);
        Assert.Equal(TaskState.TaskFinished, Assert.Single(Assert.Single(Assert.Single(view.CompletedFrameworks).CompletedExecutors).CompletedTasks).State);
        Assert.Equal(1, view.Counters["slave/tasks_finished"]);
        Assert.True(view.Allocated.IsEmpty);
    }

    private static AgentHarness Connected()
    {
        var agent = new AgentHarness();
        agent.Connect();
        agent.Clear();
        return agent;
    }
}
