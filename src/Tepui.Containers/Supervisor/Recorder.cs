using System.Buffers;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Supervisor;

/// <summary>The one thread that writes the log and speaks to the agent: first a batch is written, then it is told. So nothing is ever told that a crash could undo.</summary>
internal sealed class Recorder(ContainerTable table, ContainerLog log, string bootId)
{
    private const long RewriteAt = 1024 * 1024;

    private readonly Mailbox<Note> _notes = new();
    private readonly ArrayBufferWriter<byte> _outgoing = new(4096);
    private long _sizeWhenNew = log.Size;
    private bool _logFails;
    private AgentConnection? _agent;

    /// <summary>Whether an agent is connected.</summary>
    public bool HasAgent => Volatile.Read(ref _agent) is not null;

    /// <summary>Starts the thread.</summary>
    public void Start() => Threads.Start("recorder", () =>
    {
        var batch = new List<Note>();
        while (true)
        {
            _notes.TakeAll(batch, Timeout.InfiniteTimeSpan);
            Handle(batch);
            batch.Clear();
        }
    });

    /// <summary>The container is about to be started; once that is written, <paramref name="then"/> runs.</summary>
    public void Launching(Container container, Action then) => _notes.Post(new()
    {
        Record = container.Transient ? null : new() { Launching = new() { Id = container.Id, Directory = container.Directory } },
        Then = then,
    });

    /// <summary>The container's process runs (or ran).</summary>
    public void Started(Container container) => _notes.Post(new()
    {
        Record = container.Transient ? null : ContainerTable.Launched(container),
        Event = new() { Started = Running(container) },
        Container = container,
        Stage = ContainerStage.Running,
    });

    /// <summary>The container could not be started; it is forgotten with that.</summary>
    public void StartFailed(string id, string message, bool transient) => _notes.Post(new()
    {
        Record = transient ? null : new() { Forgotten = new() { Id = id } },
        Event = new() { StartFailed = new() { Id = id, Message = message } },
    });

    /// <summary>The first process of the container is gone, what it left behind is being ended. For the log only.</summary>
    public void Ending(Container container)
    {
        if (!container.Transient)
        {
            _notes.Post(new() { Record = ContainerTable.Ended(container) });
        }
    }

    /// <summary>Nothing of the container runs.</summary>
    public void Ended(Container container) => _notes.Post(new()
    {
        Record = container.Transient ? null : ContainerTable.Ended(container),
        Event = new() { Exited = Exited(container) },
        Container = container,
        Stage = ContainerStage.Ended,
    });

    /// <summary>SIGKILL is due at a time, in milliseconds since boot.</summary>
    public void Killing(Container container)
    {
        if (!container.Transient)
        {
            _notes.Post(new() { Record = new() { Killing = new() { Id = container.Id, DeadlineMs = (ulong)container.KillDeadline } } });
        }
    }

    /// <summary>The container is dropped.</summary>
    public void Forgotten(Container container)
    {
        if (!container.Transient)
        {
            _notes.Post(new() { Record = new() { Forgotten = new() { Id = container.Id } } });
        }
    }

    /// <summary>From now on this connection is told; it gets a welcome first. The one before is closed.</summary>
    public void Attach(AgentConnection agent) => _notes.Post(new() { Agent = agent });

    /// <summary>The connection is gone.</summary>
    public void Detach(AgentConnection agent) => _notes.Post(new() { Agent = agent, IsGone = true });

    /// <summary>Tells the agent something that needs no record.</summary>
    public void Tell(SupervisorEvent what) => _notes.Post(new() { Event = what });

    /// <summary>Tells again what was told of a container.</summary>
    public void Repeat(string id) => _notes.Post(new() { RepeatId = id });

    /// <summary>Answers a listing.</summary>
    public void Table() => _notes.Post(new() { IsListing = true });

    /// <summary>Runs something on the recorder's thread, after everything posted before was written and told.</summary>
    public void Post(Action work) => _notes.Post(new() { Then = work, IsLast = true });

    /// <summary>Writes what is waiting. Only on the recorder's thread; when nothing can post any more, all is written then.</summary>
    public void Drain()
    {
        var batch = new List<Note>();
        _notes.TakeAll(batch, TimeSpan.Zero);
        batch.RemoveAll(static note => note.IsLast);
        Handle(batch);
    }

    private void Handle(List<Note> batch)
    {
        foreach (var note in batch)
        {
            if (note.Record is { } record)
            {
                log.Add(record);
            }
        }

        Write();
        foreach (var note in batch)
        {
            Tell(note);
        }

        Send();
        foreach (var note in batch)
        {
            if (note.IsLast)
            {
                note.Then!();
            }
        }

        RewriteIfLarge();
    }

    private void Tell(Note note)
    {
        if (note.Container is { } container)
        {
            container.Recorded = note.Stage;
        }

        if (note.Agent is { } agent)
        {
            Switch(agent, note.IsGone);
        }

        if (note.Event is { } what && _agent is not null)
        {
            Wire.Append(_outgoing, what);
        }

        if (note.IsListing && _agent is not null)
        {
            var listing = new SupervisorEvent.Types.Table();
            listing.Containers.Add(Describe());
            Wire.Append(_outgoing, new SupervisorEvent { Table = listing });
        }

        if (note.RepeatId is { } id && _agent is not null)
        {
            AppendAgain(id);
        }

        if (!note.IsLast)
        {
            note.Then?.Invoke();
        }
    }

    private void AppendAgain(string id)
    {
        lock (table.Gate)
        {
            if (!table.Containers.TryGetValue(id, out var container) || container.Recorded == ContainerStage.Queued)
            {
                return;
            }

            Wire.Append(_outgoing, new SupervisorEvent { Started = Running(container) });
            if (container.Recorded == ContainerStage.Ended)
            {
                Wire.Append(_outgoing, new SupervisorEvent { Exited = Exited(container) });
            }
        }
    }

    private static SupervisorEvent.Types.Started Running(Container container)
    {
        var started = new SupervisorEvent.Types.Started { Id = container.Id, Pid = (uint)container.Pid };
        if (container.StartedMs is { } startedMs)
        {
            started.StartedMs = startedMs;
        }

        return started;
    }

    private static SupervisorEvent.Types.Exited Exited(Container container)
    {
        var exited = new SupervisorEvent.Types.Exited { Id = container.Id };
        if (container.WaitStatus is { } status)
        {
            exited.WaitStatus = status;
        }

        if (container.EndedMs is { } endedMs)
        {
            exited.EndedMs = endedMs;
        }

        return exited;
    }

    private void Switch(AgentConnection agent, bool isGone)
    {
        if (isGone)
        {
            if (_agent == agent)
            {
                _agent = null;
                _outgoing.ResetWrittenCount();
            }

            agent.Close();
            return;
        }

        Send();
        _agent?.Close();
        Volatile.Write(ref _agent, agent);
        _outgoing.ResetWrittenCount();
        var welcome = new SupervisorEvent.Types.Welcome { Build = BuildId.Value, Pid = (uint)Environment.ProcessId };
        welcome.Containers.Add(Describe());
        Wire.Append(_outgoing, new SupervisorEvent { Welcome = welcome });
    }

    private List<SupervisorEvent.Types.Container> Describe()
    {
        lock (table.Gate)
        {
            return [.. table.Containers.Values.Select(ContainerTable.Describe)];
        }
    }

    private void Send()
    {
        if (_outgoing.WrittenCount > 0 && _agent is { } agent && !agent.Send(_outgoing.WrittenSpan))
        {
            _agent = null;
        }

        _outgoing.ResetWrittenCount();
    }

    private void Write()
    {
        try
        {
            log.Write();
            _logFails = false;
        }
        catch (IOException failure)
        {
            Complain(failure);
        }
    }

    private void RewriteIfLarge()
    {
        if (log.Size < RewriteAt || log.Size < 4 * _sizeWhenNew)
        {
            return;
        }

        try
        {
            List<SupervisorRecord> records;
            lock (table.Gate)
            {
                records = [.. table.Records(bootId)];
            }

            log.Rewrite(records);
        }
        catch (IOException failure)
        {
            Complain(failure);
        }

        _sizeWhenNew = log.Size;
    }

    private void Complain(IOException failure)
    {
        if (!_logFails)
        {
            _logFails = true;
            Threads.Report($"Failed to write the supervisor's log, will try again: {failure.Message}");
        }
    }

    /// <summary>Something to write, tell or do, in this order.</summary>
    private readonly record struct Note
    {
        public SupervisorRecord? Record { get; init; }

        public SupervisorEvent? Event { get; init; }

        public Container? Container { get; init; }

        public ContainerStage Stage { get; init; }

        public AgentConnection? Agent { get; init; }

        public bool IsGone { get; init; }

        public bool IsListing { get; init; }

        public string? RepeatId { get; init; }

        public Action? Then { get; init; }

        public bool IsLast { get; init; }
    }
}
