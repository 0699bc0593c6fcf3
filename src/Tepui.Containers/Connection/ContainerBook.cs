using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Connection;

/// <summary>What the agent's side knows of every container, and the promise that each launch is answered once and each exit told once, however often the supervisor or the connection breaks.</summary>
internal sealed class ContainerBook(ILogger log, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ContainerId, TrackedContainer> _containers = [];
    private readonly Channel<ContainerEvent> _events = Channel.CreateUnbounded<ContainerEvent>();
    private SupervisorLink? _link;
    private int _supervisorPid;

    /// <summary>What becomes of containers.</summary>
    public ChannelReader<ContainerEvent> Events => _events.Reader;

    /// <summary>The supervisor's process.</summary>
    public int SupervisorPid => Volatile.Read(ref _supervisorPid);

    /// <summary>A launch begins; <see langword="null"/> when the id is in use, which is answered here.</summary>
    public TrackedContainer? Begin(ContainerId id, string directory)
    {
        var container = new TrackedContainer(id, directory);
        lock (_gate)
        {
            if (_containers.TryAdd(id, container))
            {
                return container;
            }
        }

        Say(new ContainerEvent.StartFailed(id, $"Container '{id}' exists already"));
        return null;
    }

    /// <summary>A check begins: a container whose end only its owner is told.</summary>
    public TrackedContainer BeginCheck(ContainerId id, SupervisorRequest.Types.Launch request)
    {
        var container = new TrackedContainer(id, request.Directory) { IsCheck = true, Check = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        lock (_gate)
        {
            _containers.Add(id, container);
        }

        Ask(container, request);
        return container;
    }

    /// <summary>All is prepared: asks the supervisor, now or when there is one.</summary>
    public void Ask(TrackedContainer container, SupervisorRequest.Types.Launch request)
    {
        lock (_gate)
        {
            if (container.KillAt is not null)
            {
                throw new OperationCanceledException();
            }

            container.Stage = TrackedStage.Asked;
            container.Request = request;
            _link?.Send(new() { Launch = request });
        }
    }

    /// <summary>It could not be prepared or started.</summary>
    public void Fail(TrackedContainer container, string problem)
    {
        lock (_gate)
        {
            if (container.Stage is TrackedStage.Running or TrackedStage.Ended || !_containers.Remove(container.Id))
            {
                return;
            }

            container.Stage = TrackedStage.Ended;
            container.Check?.TrySetException(new IOException(problem));
            if (!container.IsCheck)
            {
                log.StartFailed(container.Id, problem);
                Say(new ContainerEvent.StartFailed(container.Id, problem));
            }
        }
    }

    /// <summary>Wants a container ended.</summary>
    public void Kill(ContainerId id, TimeSpan grace)
    {
        lock (_gate)
        {
            if (!_containers.TryGetValue(id, out var container) || container.Stage == TrackedStage.Ended)
            {
                return;
            }

            var deadline = time.GetUtcNow() + grace;
            container.KillAt = container.KillAt < deadline ? container.KillAt : deadline;
            if (container.Stage == TrackedStage.Preparing)
            {
                container.Cancel.Cancel();
            }
            else
            {
                SendKill(container);
            }
        }
    }

    /// <summary>Drops an ended container.</summary>
    public void Forget(ContainerId id)
    {
        lock (_gate)
        {
            if (!_containers.TryGetValue(id, out var container) || container.Stage == TrackedStage.Ended)
            {
                _containers.Remove(id);
                _link?.Send(new() { Forget = new() { Id = id.ToString() } });
            }
        }
    }

    /// <summary>First process of a running container.</summary>
    public int? PidOf(ContainerId id)
    {
        lock (_gate)
        {
            return _containers.TryGetValue(id, out var container) && container.Stage == TrackedStage.Running ? container.Pid : null;
        }
    }

    /// <summary>First processes of all running containers.</summary>
    public List<int> RunningPids()
    {
        lock (_gate)
        {
            return [.. _containers.Values.Where(static container => container.Stage == TrackedStage.Running).Select(static container => container.Pid)];
        }
    }

    /// <summary>Sandboxes of all running containers.</summary>
    public List<string> RunningSandboxes()
    {
        lock (_gate)
        {
            return [.. _containers.Values.Where(static container => container is { Stage: TrackedStage.Running, IsCheck: false }).Select(static container => container.Directory).Distinct()];
        }
    }

    /// <summary>There is a supervisor, and this is all it knows: what was asked before and is not among it is asked again, what ended meanwhile is told.</summary>
    public void Attach(SupervisorLink link, SupervisorEvent.Types.Welcome welcome)
    {
        lock (_gate)
        {
            _link = link;
            Volatile.Write(ref _supervisorPid, (int)welcome.Pid);
            var there = new HashSet<ContainerId>();
            foreach (var known in welcome.Containers)
            {
                there.Add(new ContainerId(known.Id));
                Match(known);
            }

            foreach (var container in _containers.Values.Where(container => !there.Contains(container.Id)).ToList())
            {
                Miss(container);
            }
        }
    }

    /// <summary>The supervisor is gone; what is wanted meanwhile is sent to the next.</summary>
    public void Detach()
    {
        lock (_gate)
        {
            _link = null;
        }
    }

    /// <summary>The supervisor tells something.</summary>
    public void Handle(SupervisorEvent message)
    {
        lock (_gate)
        {
            switch (message.MessageCase)
            {
                case SupervisorEvent.MessageOneofCase.Started when Find(message.Started.Id) is { Stage: TrackedStage.Asked } container:
                    Run(container, (int)message.Started.Pid, message.Started.HasStartedMs ? TimeTold.Read(message.Started.StartedMs) : null);
                    break;
                case SupervisorEvent.MessageOneofCase.StartFailed when Find(message.StartFailed.Id) is { Stage: TrackedStage.Asked } container:
                    Fail(container, message.StartFailed.Message);
                    break;
                case SupervisorEvent.MessageOneofCase.Exited when Find(message.Exited.Id) is { Stage: not TrackedStage.Ended } container:
                    End(container, message.Exited.HasWaitStatus ? message.Exited.WaitStatus : null, message.Exited.HasEndedMs ? TimeTold.Read(message.Exited.EndedMs) : null);
                    break;
            }
        }
    }

    /// <summary>Nothing more is told or asked.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _link = null;
            _events.Writer.TryComplete();
            foreach (var container in _containers.Values)
            {
                container.Cancel.Cancel();
                container.Check?.TrySetCanceled();
            }
        }
    }

    private TrackedContainer? Find(string id) => _containers.GetValueOrDefault(new ContainerId(id));

    private void Match(SupervisorEvent.Types.Container known)
    {
        int? status = known.HasWaitStatus ? known.WaitStatus : null;
        if (Find(known.Id) is not { } container)
        {
            Take(known);
            return;
        }

        if (container.Stage == TrackedStage.Asked && known.Pid != 0)
        {
            Run(container, (int)known.Pid, null);
        }

        if (container.Stage == TrackedStage.Running && !known.Running)
        {
            End(container, status, known.HasEndedMs ? TimeTold.Read(known.EndedMs) : null);
        }
        else if (container.Stage is TrackedStage.Asked or TrackedStage.Running && container.KillAt is not null)
        {
            SendKill(container);
        }
    }

    /// <summary>A container from before this agent process. A check nobody waits for any more is ended.</summary>
    private void Take(SupervisorEvent.Types.Container known)
    {
        var container = new TrackedContainer(new ContainerId(known.Id), known.Directory)
        {
            Pid = (int)known.Pid,
            Stage = !known.Running ? TrackedStage.Ended : known.Pid == 0 ? TrackedStage.Asked : TrackedStage.Running,
            IsCheck = known.Transient,
        };
        _containers.Add(container.Id, container);
        if (!known.Transient)
        {
            return;
        }

        if (known.Running)
        {
            container.KillAt = time.GetUtcNow();
            SendKill(container);
        }
        else
        {
            _containers.Remove(container.Id);
            _link?.Send(new() { Forget = new() { Id = known.Id } });
        }
    }

    /// <summary>The supervisor does not know it.</summary>
    private void Miss(TrackedContainer container)
    {
        switch (container.Stage)
        {
            case TrackedStage.Asked when container.KillAt is not null:
                Fail(container, "The container was killed before its process was started");
                break;
            case TrackedStage.Asked when container is { WasAskedAgain: false, Request: { } request }:
                container.WasAskedAgain = true;
                _link!.Send(new() { Launch = request });
                break;
            case TrackedStage.Asked:
                Fail(container, "The supervisor ended twice while it was starting the container");
                break;
            case TrackedStage.Running:
                End(container, null, null);
                break;
        }
    }

    private void Run(TrackedContainer container, int pid, DateTimeOffset? startedAt)
    {
        container.Stage = TrackedStage.Running;
        container.Pid = pid;
        container.Request = null;
        if (!container.IsCheck)
        {
            Say(new ContainerEvent.Started(container.Id, pid) { StartedAt = startedAt });
        }
    }

    private void End(TrackedContainer container, int? status, DateTimeOffset? endedAt)
    {
        container.Stage = TrackedStage.Ended;
        container.Check?.TrySetResult(status);
        if (container.IsCheck)
        {
            _containers.Remove(container.Id);
            _link?.Send(new() { Forget = new() { Id = container.Id.ToString() } });
        }
        else
        {
            Say(new ContainerEvent.Exited(container.Id, status) { EndedAt = endedAt });
        }
    }

    private void SendKill(TrackedContainer container)
    {
        var left = (container.KillAt ?? default) - time.GetUtcNow();
        _link?.Send(new() { Kill = new() { Id = container.Id.ToString(), GraceMs = (ulong)Math.Max(0, left.TotalMilliseconds) } });
    }

    private void Say(ContainerEvent what) => _events.Writer.TryWrite(what);
}
