using Google.Protobuf;
using Tepui.Protocol.V1;
using MasterResponse = Tepui.Protocol.V1.Master.Response;
using SchedulerEvent = Tepui.Protocol.V1.Scheduler.Event;

namespace Tepui.Benchmarks.Json;

/// <summary>Messages of the sizes a busy master sends.</summary>
internal static class SampleMessages
{
    /// <summary>An OFFERS event of <paramref name="count"/> offers with four resources and two attributes each.</summary>
    public static SchedulerEvent Offers(int count)
    {
        var offers = new SchedulerEvent.Types.Offers();
        for (var i = 0; i < count; i++)
        {
            offers.Offers_.Add(Offer(i));
        }

        return new SchedulerEvent { Type = SchedulerEvent.Types.Type.Offers, Offers = offers };
    }

    /// <summary>A GET_STATE answer with <paramref name="tasks"/> finished tasks of one framework.</summary>
    public static MasterResponse State(int tasks)
    {
        var list = new MasterResponse.Types.GetTasks();
        for (var i = 0; i < tasks; i++)
        {
            list.CompletedTasks.Add(Task(i));
        }

        return new MasterResponse
        {
            Type = MasterResponse.Types.Type.GetState,
            GetState = new() { GetTasks = list, GetExecutors = new(), GetFrameworks = new(), GetAgents = new() },
        };
    }

    private static Offer Offer(int i)
    {
        var offer = new Offer
        {
            Id = new() { Value = $"bd9ca0b0-3d12-4da6-b061-38833db7495c-O{i}" },
            FrameworkId = new() { Value = "bd9ca0b0-3d12-4da6-b061-38833db7495c-0006" },
            AgentId = new() { Value = $"bd9ca0b0-3d12-4da6-b061-38833db7495c-S{i}" },
            Hostname = $"agent{i}.example.org",
            Url = new() { Scheme = "http", Address = new() { Hostname = $"agent{i}.example.org", Ip = "10.1.2.3", Port = 5051 }, Path = "/slave(1)" },
            AllocationInfo = new() { Role = "web" },
        };
        offer.Resources.Add(Scalar("cpus", 7.4));
        offer.Resources.Add(Scalar("mem", 7968));
        offer.Resources.Add(Scalar("disk", 19968));
        var ports = new Resource { Name = "ports", Type = Value.Types.Type.Ranges, Ranges = new(), AllocationInfo = new() { Role = "web" } };
        ports.Ranges.Range.Add(new Value.Types.Range { Begin = 31000, End = 31009 });
        ports.Ranges.Range.Add(new Value.Types.Range { Begin = 31012, End = 32000 });
        offer.Resources.Add(ports);
        offer.Attributes.Add(new Tepui.Protocol.V1.Attribute { Name = "rack", Type = Value.Types.Type.Text, Text = new() { Value = "r1" } });
        offer.Attributes.Add(new Tepui.Protocol.V1.Attribute { Name = "disks", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 3 } });
        return offer;
    }

    private static Tepui.Protocol.V1.Task Task(int i)
    {
        var task = new Tepui.Protocol.V1.Task
        {
            Name = $"task {i}",
            TaskId = new() { Value = $"batch.{i}" },
            FrameworkId = new() { Value = "bd9ca0b0-3d12-4da6-b061-38833db7495c-0006" },
            AgentId = new() { Value = "bd9ca0b0-3d12-4da6-b061-38833db7495c-S0" },
            State = TaskState.TaskFinished,
            StatusUpdateState = TaskState.TaskFinished,
            User = "root",
        };
        task.Resources.Add(Scalar("cpus", 0.1));
        task.Resources.Add(Scalar("mem", 32));
        foreach (var state in new[] { TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskFinished })
        {
            task.Statuses.Add(new Tepui.Protocol.V1.TaskStatus
            {
                TaskId = task.TaskId,
                State = state,
                Source = Tepui.Protocol.V1.TaskStatus.Types.Source.Executor,
                AgentId = task.AgentId,
                Timestamp = 1795209903.954421 + i,
                Uuid = ByteString.CopyFrom(new Guid(i, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).ToByteArray()),
                Message = "Command exited with status 0",
            });
        }

        return task;
    }

    private static Resource Scalar(string name, double value) =>
        new() { Name = name, Type = Value.Types.Type.Scalar, Scalar = new() { Value = value }, AllocationInfo = new() { Role = "web" } };
}
