using Google.Protobuf;
using Tepui.Agent.Core;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Executor;
using Tepui.Testing.Simulation.Network;
using Tepui.Testing.Simulation.Work;
using EventType = Tepui.Protocol.V1.Executor.Event.Types.Type;
using Kind = Tepui.Protocol.V1.Executor.Call.Types.Type;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>A framework's own executor in its container: subscribes to its agent, again whenever the connection breaks, runs the tasks it is given, and keeps what is not acknowledged.</summary>
internal sealed class SimulatedExecutor(SimulatedCluster cluster, AgentProcess agent, SimulatedContainer container, ContainerPlan plan)
{
    private readonly Dictionary<string, (SimulatedTask Task, TaskInfo Info)> _running = new(StringComparer.Ordinal);
    private readonly List<TaskInfo> _unacknowledgedTasks = [];
    private readonly List<TaskStatus> _unacknowledged = [];
    private readonly string _name = $"executor{cluster.NextNumber()}";
    private End? _stream;
    private int _refused;
    private bool _isEnding;

    private World World => cluster.World;

    public IEnumerable<SimulatedTask> Tasks => _running.Values.Select(static one => one.Task);

    public void Connect()
    {
        if (!container.Running || _stream is not null)
        {
            return;
        }

        if (!agent.IsUp)
        {
            Retry();
            return;
        }

        var connection = World.Net.Connect(_name, agent.Name);
        _stream = connection.Client;
        connection.Client.Received = packet => Received((Event)packet.Message!);
        connection.Client.Closed = Lost;
        agent.AcceptExecutor(connection.Server);
        var call = New(Kind.Subscribe);
        call.Subscribe = new();
        call.Subscribe.UnacknowledgedTasks.Add(_unacknowledgedTasks);
        call.Subscribe.UnacknowledgedUpdates.Add(_unacknowledged.Select(static status => new Call.Types.Update { Status = status }));
        connection.Client.Send(new(call));
    }

    /// <summary>Its process is gone, and its tasks with it.</summary>
    public void Died()
    {
        foreach (var (task, _) in _running.Values)
        {
            task.HasEnded = true;
        }

        _running.Clear();
        _stream?.Close();
        _stream = null;
    }

    private void Retry() => World.After(World.Seconds(0.05, 1), Connect);

    private void Lost()
    {
        _stream = null;
        if (container.Running)
        {
            // Without checkpoint an executor does not outlive its agent; and nobody wants one that is refused again and again.
            if (!plan.Environment.TryGetValue("MESOS_CHECKPOINT", out var checkpoints) || checkpoints != "1" || ++_refused > 1000)
            {
                container.End?.Invoke(1 << 8);
            }
            else
            {
                Retry();
            }
        }
    }

    private void Received(Event happened)
    {
        World.Note(_name, $"<- {happened.Type} {happened.Launch?.Task.TaskId.Value ?? happened.Kill?.TaskId.Value ?? happened.Acknowledged?.TaskId.Value}");
        switch (happened.Type)
        {
            case EventType.Subscribed:
                _refused = 0;
                break;
            case EventType.Launch:
                Run(happened.Launch!.Task);
                break;
            case EventType.LaunchGroup:
                happened.LaunchGroup.TaskGroup.Tasks.ToList().ForEach(Run);
                break;
            case EventType.Kill:
                var killed = happened.Kill!.TaskId.Value;
                World.After(World.Seconds(0, 2), () => End(killed, TaskState.TaskKilled));
                break;
            case EventType.Acknowledged:
                var acknowledged = happened.Acknowledged!;
                _unacknowledged.RemoveAll(status => status.Uuid == acknowledged.Uuid);
                _unacknowledgedTasks.RemoveAll(task => task.TaskId.Value == acknowledged.TaskId.Value);
                break;
            case EventType.Shutdown when !_isEnding:
                _isEnding = true;
                foreach (var id in _running.Keys.ToList())
                {
                    End(id, TaskState.TaskKilled);
                }

                World.After(World.Seconds(0.01, 8), () => container.End?.Invoke(0));
                break;
        }
    }

    private void Run(TaskInfo info)
    {
        var task = cluster.Promises.StartedBy(plan, info.TaskId.Value, _name);
        _running.Add(task.Id, (task, info));
        _unacknowledgedTasks.Add(info);
        Tell(info, TaskState.TaskRunning);
        if (task.Lifetime is { } lifetime)
        {
            World.After(lifetime, () => End(task.Id, task.WaitStatus == 0 ? TaskState.TaskFinished : TaskState.TaskFailed));
        }
    }

    private void End(string id, TaskState state)
    {
        if (_running.Remove(id, out var one))
        {
            one.Task.HasEnded = true;
            Tell(one.Info, state);
        }
    }

    private void Tell(TaskInfo task, TaskState state)
    {
        var uuid = new byte[16];
        World.Random.NextBytes(uuid);
        uuid[6] = (byte)((uuid[6] & 0x0f) | 0x40);
        uuid[8] = (byte)((uuid[8] & 0x3f) | 0x80);
        var status = new TaskStatus
        {
            TaskId = task.TaskId,
            State = state,
            Source = TaskStatus.Types.Source.Executor,
            ExecutorId = plan.Executor.ToWire(),
            Timestamp = (World.Now - DateTimeOffset.UnixEpoch).TotalSeconds,
            Uuid = ByteString.CopyFrom(uuid),
        };
        _unacknowledged.Add(status);
        var call = New(Kind.Update);
        call.Update = new() { Status = status };
        _stream?.Send(new(call));
    }

    private Call New(Kind kind) => new() { Type = kind, FrameworkId = plan.Framework.ToWire(), ExecutorId = plan.Executor.ToWire() };
}
