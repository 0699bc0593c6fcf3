using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Supervisor;

/// <summary>All containers of a supervisor. Whoever touches it, or the containers in it, holds the <see cref="Gate"/>.</summary>
internal sealed class ContainerTable
{
    private readonly Dictionary<string, Container> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Container> _children = [];
    private readonly Dictionary<int, (int Status, long Ticket)> _unclaimed = [];
    private readonly HashSet<long> _starting = [];
    private long _tickets;

    /// <summary>Guards everything here. Held for moments only; our children are reaped under it alone, so under it the pid of a child means that child.</summary>
    public object Gate { get; } = new();

    /// <summary>Containers by id.</summary>
    public IReadOnlyDictionary<string, Container> Containers => _byId;

    /// <summary>Containers whose first process is gone while others of them may run.</summary>
    public List<Container> Ending { get; } = [];

    /// <summary>Whether a process is being started right now.</summary>
    public bool IsStarting => _starting.Count > 0;

    /// <summary>Processes started or tried so far.</summary>
    public long Starts => _tickets;

    /// <summary>Adds a container; <see langword="false"/> when its id is known.</summary>
    public bool Add(Container container) => _byId.TryAdd(container.Id, container);

    /// <summary>Drops one.</summary>
    public void Remove(Container container) => _byId.Remove(container.Id);

    /// <summary>The container whose first process this child of ours is.</summary>
    public Container? OfChild(int pid) => _children.GetValueOrDefault(pid);

    /// <summary>A start begins: exits of unknown children are kept from now on, for the child may end before we learn its pid.</summary>
    public long BeginStart()
    {
        var ticket = ++_tickets;
        _starting.Add(ticket);
        return ticket;
    }

    /// <summary>A start is over. With a pid the container runs, or has ended already.</summary>
    public void EndStart(Container container, long ticket, int pid, ulong startTime)
    {
        _starting.Remove(ticket);
        container.Launch = null;
        if (pid == 0)
        {
            container.Stage = ContainerStage.Ended;
        }
        else if (_unclaimed.Remove(pid, out var exit) && exit.Ticket >= ticket)
        {
            container.Pid = pid;
            ChildEnded(container, exit.Status);
        }
        else
        {
            container.Pid = pid;
            container.StartTime = startTime;
            Adopt(container);
        }

        if (_starting.Count == 0)
        {
            _unclaimed.Clear();
        }
    }

    /// <summary>The container runs as a child of ours.</summary>
    public void Adopt(Container container)
    {
        container.Stage = ContainerStage.Running;
        _children[container.Pid] = container;
    }

    /// <summary>A child was reaped.</summary>
    public void Reaped(int pid, int status)
    {
        if (_children.Remove(pid, out var container))
        {
            ChildEnded(container, status);
        }
        else if (_starting.Count > 0)
        {
            _unclaimed[pid] = (status, _tickets);
        }
    }

    /// <summary>For the log: everything as entries.</summary>
    public IEnumerable<SupervisorRecord> Records(string bootId)
    {
        yield return new SupervisorRecord { Boot = new() { BootId = bootId } };
        foreach (var container in _byId.Values)
        {
            if (!container.Transient)
            {
                foreach (var record in Records(container))
                {
                    yield return record;
                }
            }
        }
    }

    /// <summary>What agents are told about a container.</summary>
    public static SupervisorEvent.Types.Container Describe(Container container)
    {
        var description = new SupervisorEvent.Types.Container
        {
            Id = container.Id,
            Pid = (uint)container.Pid,
            Running = container.Recorded != ContainerStage.Ended,
            Transient = container.Transient,
            Directory = container.Directory,
        };
        if (container is { Recorded: ContainerStage.Ended, WaitStatus: { } status })
        {
            description.WaitStatus = status;
        }

        if (container is { Recorded: ContainerStage.Ended, EndedMs: { } endedMs })
        {
            description.EndedMs = endedMs;
        }

        return description;
    }

    /// <summary>Entry for an end.</summary>
    public static SupervisorRecord Ended(Container container)
    {
        var ended = new SupervisorRecord.Types.Ended { Id = container.Id, Pid = (uint)container.Pid, Directory = container.Directory };
        if (container.WaitStatus is { } status)
        {
            ended.WaitStatus = status;
        }

        if (container.EndedMs is { } endedMs)
        {
            ended.EndedMs = endedMs;
        }

        if (container.Stage != ContainerStage.Ended)
        {
            ended.Leftovers = true;
        }

        return new() { Ended = ended };
    }

    /// <summary>Entry for a start.</summary>
    public static SupervisorRecord Launched(Container container) => new()
    {
        Launched = new() { Id = container.Id, Pid = (uint)container.Pid, StartTime = container.StartTime, Directory = container.Directory },
    };

    private static IEnumerable<SupervisorRecord> Records(Container container)
    {
        switch (container.Stage)
        {
            case ContainerStage.Running:
                yield return Launched(container);
                if (container.KillDeadline != long.MaxValue)
                {
                    yield return new SupervisorRecord { Killing = new() { Id = container.Id, DeadlineMs = (ulong)container.KillDeadline } };
                }

                break;
            case ContainerStage.Ending or ContainerStage.Ended:
                yield return Ended(container);
                break;
            default:
                yield return new SupervisorRecord { Launching = new() { Id = container.Id, Directory = container.Directory } };
                break;
        }
    }

    private void ChildEnded(Container container, int status)
    {
        container.FirstEnded(status);
        Ending.Add(container);
    }
}
