using Google.Protobuf;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Runtime.Link;
using AgentLink = Tepui.Runtime.Link.FrameLink<Tepui.Protocol.Link.MasterFrame, Tepui.Protocol.Link.AgentFrame>;
using Task = System.Threading.Tasks.Task;

namespace Tepui.LoadTest.Agents;

/// <summary>An agent without machine: every task it is given finishes at once, or runs until it is killed.</summary>
/// <param name="lasting">Tasks run until they are killed.</param>
/// <param name="racks">Racks that agents are spread over (attribute <c>rack</c>); with 0 they have no ports either.</param>
/// <param name="diskMb">Disk it has; with 0 it names none.</param>
/// <param name="started">Told of every task it is given; then it says that tasks run, and that they finish once that is acknowledged, as an agent does with short commands.</param>
internal sealed class SimulatedAgent(bool lasting = false, int racks = 0, double diskMb = 0, Action<TaskInfo>? started = null) : IAsyncDisposable
{
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private AgentLink? _link;
    private Task _running = Task.CompletedTask;
    private AgentID? _id;
    private long _uuids;
    private int _acknowledged;

    /// <summary>Updates that were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Connects and registers; returns when admitted.</summary>
    public async Task StartAsync(Uri master, int number, double cpus, double memMb, CancellationToken cancel)
    {
        _uuids = (long)number << 32;
        _link = new(await LinkClient.ConnectAsync(master.Host, master.Port, TimeSpan.FromSeconds(10), cancel));
        _link.TrySend(Registering.Frame(number, cpus, memMb, racks, diskMb));
        _running = _link.RunAsync(TakeAsync, _stop.Token);
        await _admitted.Task.WaitAsync(TimeSpan.FromSeconds(30), cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        if (_link is { } link)
        {
            await link.DisposeAsync();
        }

        _stop.Dispose();
    }

    private ValueTask TakeAsync(MasterFrame frame, CancellationToken cancel)
    {
        switch (frame.MessageCase)
        {
            case MasterFrame.MessageOneofCase.Registered:
                _id = frame.Registered.AgentId;
                _admitted.TrySetResult();
                break;
            case MasterFrame.MessageOneofCase.Ping:
                _link!.TrySend(new AgentFrame { Pong = new() });
                break;
            case MasterFrame.MessageOneofCase.RunTask:
                started?.Invoke(frame.RunTask.Task);
                Update(frame.RunTask.Framework.Id, frame.RunTask.Task.TaskId, lasting || started is not null ? TaskState.TaskRunning : TaskState.TaskFinished);
                break;
            case MasterFrame.MessageOneofCase.KillTask:
                Update(frame.KillTask.FrameworkId, frame.KillTask.TaskId, TaskState.TaskKilled);
                break;
            case MasterFrame.MessageOneofCase.AcknowledgeStatus:
                Interlocked.Increment(ref _acknowledged);
                if (started is not null && _begun.Remove(frame.AcknowledgeStatus.TaskId.Value))
                {
                    Update(frame.AcknowledgeStatus.FrameworkId, frame.AcknowledgeStatus.TaskId, TaskState.TaskFinished);
                }

                break;
        }

        return default;
    }

    private void Update(FrameworkID framework, TaskID task, TaskState state)
    {
        Span<byte> uuid = stackalloc byte[16];
        BitConverter.TryWriteBytes(uuid[8..], _uuids++);
        uuid[6] = 0x40;
        if (started is not null && state == TaskState.TaskRunning)
        {
            _begun.Add(task.Value);
        }

        _link!.TrySend(new AgentFrame
        {
            StatusUpdate = new()
            {
                FrameworkId = framework,
                LatestState = state,
                Status = new()
                {
                    TaskId = task,
                    AgentId = _id,
                    State = state,
                    Source = Tepui.Protocol.V1.TaskStatus.Types.Source.Executor,
                    Timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0,
                    Uuid = ByteString.CopyFrom(uuid),
                },
            },
        });
    }
}
