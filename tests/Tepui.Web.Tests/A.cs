using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Master;
using AgentID = Tepui.Protocol.V1.AgentID;
using Task = Tepui.Protocol.V1.Task;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Web.Tests;

/// <summary>Messages with valid defaults.</summary>
internal static class A
{
    public static Response.Types.GetAgents.Types.Agent Agent(string id = "S0", string hostname = "one.example.org", Uri? address = null)
    {
        var agent = new Response.Types.GetAgents.Types.Agent
        {
            AgentInfo = new() { Id = new AgentID { Value = id }, Hostname = hostname, Port = address?.Port ?? 5051 },
            Active = true,
            Version = "0.1.0",
            Pid = $"slave(1)@{address?.Authority ?? "10.0.0.7:5051"}",
            RegisteredTime = new() { Nanoseconds = DateTimeOffset.UtcNow.AddMinutes(-7).ToUnixTimeMilliseconds() * 1_000_000 },
        };
        agent.TotalResources.Add(Scalar("cpus", 8));
        agent.TotalResources.Add(Scalar("mem", 8192));
        agent.AgentInfo.Attributes.Add(new Protocol.V1.Attribute { Name = "rack", Type = Value.Types.Type.Text, Text = new() { Value = "r1" } });
        return agent;
    }

    public static Response.Types.GetFrameworks.Types.Framework Framework(string id = "F0", string name = "shop")
    {
        var framework = new Response.Types.GetFrameworks.Types.Framework
        {
            FrameworkInfo = new() { Id = new FrameworkID { Value = id }, Name = name, User = "root" },
            Active = true,
            Connected = true,
            Recovered = false,
            UnregisteredTime = new() { Nanoseconds = 0 },
            RegisteredTime = new() { Nanoseconds = DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeMilliseconds() * 1_000_000 },
        };
        framework.FrameworkInfo.Roles.Add("web");
        return framework;
    }

    public static Task Task(string id, TaskState state = TaskState.TaskRunning, string framework = "F0", string agent = "S0", string? message = null)
    {
        var task = new Task
        {
            Name = id,
            TaskId = new() { Value = id },
            FrameworkId = new() { Value = framework },
            AgentId = new() { Value = agent },
            State = state,
        };
        task.Resources.Add(Scalar("cpus", 0.5));
        task.Resources.Add(Scalar("mem", 128));
        task.Statuses.Add(Status(id, state, message));
        return task;
    }

    public static TaskStatus Status(string task, TaskState state, string? message = null)
    {
        var status = new TaskStatus
        {
            TaskId = new() { Value = task },
            State = state,
            Source = TaskStatus.Types.Source.Executor,
            Timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0,
        };
        if (message is not null)
        {
            status.Message = message;
        }

        return status;
    }

    public static Event Updated(string task, TaskState state, string framework = "F0", string? message = null) => new()
    {
        Type = Event.Types.Type.TaskUpdated,
        TaskUpdated = new() { FrameworkId = new() { Value = framework }, State = state, Status = Status(task, state, message) },
    };

    public static Event Added(Task task) => new() { Type = Event.Types.Type.TaskAdded, TaskAdded = new() { Task = task } };

    public static Event Subscribed(params ReadOnlySpan<Task> tasks)
    {
        var state = new Response.Types.GetState { GetTasks = new(), GetAgents = new(), GetFrameworks = new(), GetExecutors = new() };
        state.GetAgents.Agents.Add(Agent());
        state.GetFrameworks.Frameworks.Add(Framework());
        foreach (var task in tasks)
        {
            state.GetTasks.Tasks.Add(task);
        }

        return new Event { Type = Event.Types.Type.Subscribed, Subscribed = new() { GetState = state } };
    }

    private static Resource Scalar(string name, double value) => new() { Name = name, Type = Value.Types.Type.Scalar, Scalar = new() { Value = value } };
}
