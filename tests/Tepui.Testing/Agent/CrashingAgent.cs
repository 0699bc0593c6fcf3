using Google.Protobuf;
using Tepui.Agent.Core;
using Tepui.Agent.Core.Recovery;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Testing.Agent;

/// <summary>
/// One agent core between a supervisor that outlives it and a master that never fails, all driven from one seed. The agent crashes at any point of a batch of
/// effects: after some of its writes, or after all of them and some of the rest. Each promise is checked as it could be broken; <see cref="Settle"/> ends the faults.
/// </summary>
public sealed class CrashingAgent
{
    private static readonly int[] WaitStatuses = [0, 1 << 8, 15];

    private readonly Random _random;
    private readonly AgentOptions _options;
    private readonly Dictionary<string, ByteString> _disk = new(StringComparer.Ordinal);
    private readonly Dictionary<ContainerId, SupervisedContainer> _supervised = [];
    private readonly Queue<AgentInput> _fromSupervisor = new();
    private readonly List<ContainerId> _starting = [];
    private readonly HashSet<ContainerId> _killed = [];
    private readonly HashSet<ContainerId> _everStarted = [];
    private readonly Queue<MasterFrame> _fromMaster = new();
    private readonly Dictionary<string, WorldTask> _tasks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _owed = new(StringComparer.Ordinal);
    private AgentCore _core = null!;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private LinkId? _link;
    private long _links;
    private int _pids;
    private int _boots;
    private bool _mayCrash = true;

    public CrashingAgent(int seed)
    {
        _random = new Random(seed);
        _options = new AgentHarness().Options;
        Boot();
    }

    /// <summary>Crashes so far, so that a test can tell that it tested something.</summary>
    public int Crashes { get; private set; }

    public IReadOnlyCollection<WorldTask> Tasks => _tasks.Values;

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Once();
        }
    }

    /// <summary>No more crashes: everything is killed and delivered until nothing is owed.</summary>
    public void Settle()
    {
        _mayCrash = false;
        for (var i = 0; i < 5000 && Leftovers().Length > 0; i++)
        {
            if (_link is null)
            {
                Connect();
            }

            Deliver();
            Supervise(exit: true);
            if (_fromMaster.Count == 0 && _fromSupervisor.Count == 0)
            {
                KillAll();
                Pass(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>What is left when all is settled; empty if nothing is.</summary>
    public string Leftovers()
    {
        var entries = _disk.Where(entry => entry.Key is not ("agent" or "epoch") && !IsSandbox(entry.Key, entry.Value)).Select(entry => entry.Key);
        return string.Join("; ", _owed.Concat(entries).Concat(_supervised.Keys.Select(id => id.Value)));
    }

    private static bool IsSandbox(string key, ByteString value) =>
        Checkpoints.ParserOf(key)!.ParseFrom(value) is Protocol.Checkpoints.RunEntry { Executor: null, CommandTask: null };

    private void Once()
    {
        switch (_random.Next(16))
        {
            case 0: Launch(); break;
            case 1: LaunchGroup(); break;
            case 2: KillSome(); break;
            case 3 when _random.Next(4) == 0: Disconnect(); break;
            case 4: Pass(TimeSpan.FromSeconds(_random.Next(20))); break;
            case 5 when _random.Next(10) == 0: Crash(); break;
            case 6 or 7 when _link is null: Connect(); break;
            case < 11: Supervise(exit: _random.Next(3) == 0); break;
            default: Deliver(); break;
        }
    }

    private void Launch()
    {
        if (_link is not null)
        {
            _fromMaster.Enqueue(new() { RunTask = new() { Framework = Make.Framework(), Task = NewTask(), LaunchExecutor = true } });
        }
    }

    private void LaunchGroup()
    {
        if (_link is null)
        {
            return;
        }

        var group = new TaskGroupInfo();
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var task = NewTask();
            _tasks[task.TaskId.Value].MayBeKilled = true;
            group.Tasks.Add(task);
        }

        _fromMaster.Enqueue(new()
        {
            RunTaskGroup = new()
            {
                Framework = Make.Framework(),
                Executor = Make.Executor($"e{_random.Next(3)}", ExecutorInfo.Types.Type.Default),
                TaskGroup = group,
                LaunchExecutor = true,
            },
        });
    }

    private TaskInfo NewTask()
    {
        var id = $"t{_tasks.Count}";
        _tasks.Add(id, new WorldTask(id));
        _owed.Add(id);
        return Make.Task(id);
    }

    private void KillSome()
    {
        if (_owed.Count > 0 && _link is not null)
        {
            Kill(_owed.Order(StringComparer.Ordinal).ElementAt(_random.Next(_owed.Count)));
        }
    }

    private void KillAll()
    {
        foreach (var task in _owed.Order(StringComparer.Ordinal))
        {
            Kill(task);
        }
    }

    private void Kill(string task)
    {
        _tasks[task].MayBeKilled = true;
        _fromMaster.Enqueue(new() { KillTask = new() { FrameworkId = new() { Value = Make.FrameworkId }, TaskId = new() { Value = task } } });
    }

    private void Connect()
    {
        _link = new LinkId(++_links);
        _fromMaster.Clear();
        Step(new AgentInput.LinkOpened(_link.Value));
    }

    private void Disconnect()
    {
        if (_link is { } link)
        {
            _link = null;
            _fromMaster.Clear();
            Step(new AgentInput.LinkClosed(link));
        }
    }

    private void Pass(TimeSpan time)
    {
        var end = _now + time;
        var boots = _boots;
        while (_core.NextDeadline is { } next && next <= end && boots == _boots)
        {
            _now = next > _now ? next : _now;
            Step(new AgentInput.Tick());
        }

        _now = end;
        if (_link is not null && _mayCrash is false)
        {
            _fromMaster.Enqueue(new() { Ping = new() { Connected = true } });
        }
    }

    private void Deliver()
    {
        if (_fromSupervisor.Count > 0 && (_random.Next(2) == 0 || _fromMaster.Count == 0))
        {
            Step(_fromSupervisor.Dequeue());
        }
        else if (_link is { } link && _fromMaster.Count > 0)
        {
            var frame = _fromMaster.Dequeue();
            frame.Epoch = 1;
            Step(new AgentInput.FromMaster(link, frame));
        }
    }

    /// <summary>A container starts, fails to, or ends.</summary>
    private void Supervise(bool exit)
    {
        if (_starting.Count > 0)
        {
            var id = _starting[_random.Next(_starting.Count)];
            _starting.Remove(id);
            if (_random.Next(10) == 0)
            {
                _fromSupervisor.Enqueue(new AgentInput.ContainerStartFailed(id, "no such file"));
                return;
            }

            Require(_everStarted.Add(id), $"container {id} is started twice");
            _supervised[id] = new(id, ++_pids, Running: true, WaitStatus: null);
            _fromSupervisor.Enqueue(new AgentInput.ContainerStarted(id, _pids));
        }

        var running = _supervised.Values.Where(container => container.Running && (exit || _killed.Contains(container.Container))).ToList();
        if (running.Count > 0)
        {
            var container = running[_random.Next(running.Count)];
            var status = _killed.Contains(container.Container) ? 15 : WaitStatuses[_random.Next(WaitStatuses.Length)];
            _supervised[container.Container] = container with { Running = false, WaitStatus = status };
            if (TaskOf(container.Container) is { } task)
            {
                task.NaturalEnd = _killed.Contains(container.Container) ? null : status;
            }

            _fromSupervisor.Enqueue(new AgentInput.ContainerExited(container.Container, status));
        }
    }

    private WorldTask? TaskOf(ContainerId container) => _tasks.Values.FirstOrDefault(task => task.Container == container);

    private void Step(AgentInput input)
    {
        var effects = new List<AgentEffect>();
        _core.Step(input, _now, effects);
        Carry(effects);
    }

    private void Crash()
    {
        if (_mayCrash)
        {
            Crashes++;
            Boot();
        }
    }

    private void Boot()
    {
        _boots++;
        _link = null;
        _fromMaster.Clear();
        _fromSupervisor.Clear();
        _starting.Clear();
        var effects = new List<AgentEffect>();
        var disk = _disk.ToDictionary(entry => entry.Key, entry => (IMessage)Checkpoints.ParserOf(entry.Key)!.ParseFrom(entry.Value), StringComparer.Ordinal);
        _core = new AgentCore(_options with { Seed = _random.Next() }, disk, [.. _supervised.Values], _now, effects);
        Carry(effects);
    }

    /// <summary>Carries out a batch, or a part of it and then a crash.</summary>
    private void Carry(List<AgentEffect> effects)
    {
        var crashAfter = _mayCrash && effects.Count > 0 && _random.Next(12) == 0 ? _random.Next(effects.Count) : int.MaxValue;
        var boots = _boots;
        foreach (var effect in effects.Where(effect => effect is AgentEffect.Persist).Concat(effects.Where(effect => effect is not AgentEffect.Persist)).ToList())
        {
            if (crashAfter-- == 0)
            {
                Crash();
            }

            if (boots != _boots)
            {
                return;
            }

            Carry(effect);
        }
    }

    private void Carry(AgentEffect effect)
    {
        switch (effect)
        {
            case AgentEffect.Persist { Entry: { } entry } persist: _disk[persist.Key] = entry.ToByteString(); break;
            case AgentEffect.Persist persist: _disk.Remove(persist.Key); break;
            case AgentEffect.StartContainer start: Start(start.Plan); break;
            case AgentEffect.KillContainer kill: Kill(kill.Container); break;
            case AgentEffect.ForgetContainer forget: _supervised.Remove(forget.Container); break;
            case AgentEffect.ToMaster sent when sent.Link == _link: Receive(sent.Frame); break;
            case AgentEffect.CloseLink closed when closed.Link == _link: Disconnect(); break;
            default: break;
        }
    }

    private void Start(ContainerPlan plan)
    {
        var task = _tasks[plan.Environment["MESOS_TASK_ID"]];
        Require(task.Container is null, $"task {task.Id} is started twice");
        task.Container = plan.Id;
        _starting.Add(plan.Id);
    }

    private void Kill(ContainerId container)
    {
        _killed.Add(container);
        if (_starting.Remove(container))
        {
            _fromSupervisor.Enqueue(new AgentInput.ContainerStartFailed(container, "cancelled"));
        }
    }

    private void Receive(AgentFrame frame)
    {
        if (frame.Register is not null)
        {
            _fromMaster.Enqueue(new() { Registered = new() { AgentId = new() { Value = Make.AgentId }, MasterInfo = Master(), PingTimeoutSeconds = 75 } });
        }
        else if (frame.Reregister is { } back)
        {
            var named = back.Tasks.Select(task => task.TaskId.Value).ToHashSet(StringComparer.Ordinal);
            var answer = new MasterFrame.Types.Reregistered { AgentId = back.AgentInfo.Id, MasterInfo = Master(), PingTimeoutSeconds = 75 };
            answer.UnknownTasks.Add(_owed.Where(id => !named.Contains(id)).Order(StringComparer.Ordinal).Select(id => new MasterFrame.Types.TaskKey
            {
                FrameworkId = new() { Value = Make.FrameworkId },
                TaskId = new() { Value = id },
            }));
            _fromMaster.Enqueue(new() { Reregistered = answer });
        }
        else if (frame.StatusUpdate is { } update)
        {
            Receive(update.Status);
        }
    }

    private void Receive(TaskStatus status)
    {
        var task = _tasks[status.TaskId.Value];
        task.Take(status, _everStarted);
        _fromMaster.Enqueue(new()
        {
            AcknowledgeStatus = new() { FrameworkId = new() { Value = Make.FrameworkId }, TaskId = status.TaskId, Uuid = status.Uuid },
        });
        if (task.End is not null)
        {
            _owed.Remove(task.Id);
        }
    }

    private static MasterInfo Master() => new() { Id = "M", Ip = 0, Port = 5050 };

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Promise broken: {what}");
        }
    }
}
