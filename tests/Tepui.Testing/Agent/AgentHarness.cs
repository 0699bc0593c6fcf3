using Google.Protobuf;
using Tepui.Agent.Core;
using Tepui.Agent.Core.Recovery;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Executor = Tepui.Protocol.V1.Executor;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Testing.Agent;

/// <summary>
/// One agent core on virtual time, with a disk, a supervisor and a master that are plain tables. Containers start and end when the test says so.
/// Crashes keep the disk and the supervisor.
/// </summary>
public sealed class AgentHarness
{
    private readonly Dictionary<string, ByteString> _disk = new(StringComparer.Ordinal);
    private long _links;
    private long _requests;
    private long _streams;
    private int _pids = 1000;

    public AgentHarness(Func<AgentOptions, AgentOptions>? options = null)
    {
        Options = new AgentOptions
        {
            Info = AgentInfo(),
            Ip = "127.0.0.1",
            Version = "0.1.0",
            WorkDirectory = "/work",
            BootId = "boot-1",
            Seed = 7,
        };
        Options = options?.Invoke(Options) ?? Options;
        Core = Boot();
    }

    public AgentOptions Options { get; set; }

    public AgentCore Core { get; private set; }

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ulong Epoch { get; set; } = 1;

    public LinkId Link { get; private set; }

    /// <summary>All effects since <see cref="Clear"/>, without what was persisted.</summary>
    public List<AgentEffect> Effects { get; } = [];

    /// <summary>Keys of checkpoints on the disk, sorted.</summary>
    public IReadOnlyList<string> DiskKeys => [.. _disk.Keys.Order(StringComparer.Ordinal)];

    public Dictionary<ContainerId, SupervisedContainer> Supervised { get; } = [];

    /// <summary>Plans of all containers ever started, by task or executor container.</summary>
    public List<ContainerPlan> Started { get; } = [];

    public IEnumerable<AgentFrame> Frames => Effects.OfType<AgentEffect.ToMaster>().Select(effect => effect.Frame);

    public IEnumerable<TaskStatus> Updates => Frames.Where(frame => frame.StatusUpdate is not null).Select(frame => frame.StatusUpdate.Status);

    public void Step(AgentInput input)
    {
        var effects = new List<AgentEffect>();
        Core.Step(input, Now, effects);
        Apply(effects);
    }

    /// <summary>Lets time pass, waking the core at each of its deadlines.</summary>
    public void Pass(TimeSpan time)
    {
        var end = Now + time;
        while (Core.NextDeadline is { } next && next <= end)
        {
            Now = next > Now ? next : Now;
            Step(new AgentInput.Tick());
        }

        Now = end;
    }

    /// <summary>Opens a link and has the agent admitted over it.</summary>
    public void Connect(params MasterFrame.Types.TaskKey[] unknown)
    {
        OpenLink();
        Admit(unknown);
    }

    public void OpenLink()
    {
        Link = new LinkId(++_links);
        Step(new AgentInput.LinkOpened(Link));
    }

    /// <summary>Answers the hello that was sent.</summary>
    public void Admit(params MasterFrame.Types.TaskKey[] unknown)
    {
        var hello = Frames.Last(frame => frame.Register is not null || frame.Reregister is not null);
        if (hello.Register is not null)
        {
            Send(new MasterFrame { Registered = new() { AgentId = new() { Value = Make.AgentId }, MasterInfo = Master(), PingTimeoutSeconds = 75 } });
            return;
        }

        var answer = new MasterFrame.Types.Reregistered { AgentId = hello.Reregister.AgentInfo.Id, MasterInfo = Master(), PingTimeoutSeconds = 75 };
        answer.UnknownTasks.Add(unknown);
        Send(new MasterFrame { Reregistered = answer });
    }

    public void Disconnect() => Step(new AgentInput.LinkClosed(Link));

    public void Send(MasterFrame frame)
    {
        frame.Epoch = Epoch;
        Step(new AgentInput.FromMaster(Link, frame));
    }

    public void Run(TaskInfo task, FrameworkInfo? framework = null, bool launchExecutor = true) =>
        Send(new MasterFrame { RunTask = new() { Framework = framework ?? Make.Framework(), Task = task, LaunchExecutor = launchExecutor } });

    public void RunGroup(ExecutorInfo executor, FrameworkInfo? framework = null, bool launchExecutor = true, params TaskInfo[] tasks)
    {
        var group = new TaskGroupInfo();
        group.Tasks.Add(tasks);
        Send(new MasterFrame
        {
            RunTaskGroup = new() { Framework = framework ?? Make.Framework(), Executor = executor, TaskGroup = group, LaunchExecutor = launchExecutor },
        });
    }

    public void Kill(string task, KillPolicy? policy = null, string framework = Make.FrameworkId) =>
        Send(new MasterFrame { KillTask = new() { FrameworkId = new() { Value = framework }, TaskId = new() { Value = task }, KillPolicy = policy } });

    public void Acknowledge(TaskStatus status, string framework = Make.FrameworkId) => Send(new MasterFrame
    {
        AcknowledgeStatus = new() { FrameworkId = new() { Value = framework }, TaskId = status.TaskId, Uuid = status.Uuid },
    });

    /// <summary>Acknowledges updates as they come until no more come; gives all of them, in order.</summary>
    public List<TaskStatus> AcknowledgeAll(string framework = Make.FrameworkId)
    {
        var done = new List<TaskStatus>();
        var seen = new HashSet<ByteString>();
        while (Updates.FirstOrDefault(update => !seen.Contains(update.Uuid)) is { } next)
        {
            seen.Add(next.Uuid);
            done.Add(next);
            Acknowledge(next, framework);
        }

        return done;
    }

    /// <summary>The container of a task, or of a framework's executor.</summary>
    public ContainerId ContainerOf(string id) => Started.Last(plan =>
        plan.Environment.GetValueOrDefault("MESOS_TASK_ID") == id || (!plan.Environment.ContainsKey("MESOS_TASK_ID") && plan.Executor.Value == id)).Id;

    /// <summary>The process of a container starts.</summary>
    public int Start(string id, DateTimeOffset? startedAt = null)
    {
        var container = ContainerOf(id);
        var pid = ++_pids;
        Supervised[container] = new(container, pid, Running: true, WaitStatus: null);
        Step(new AgentInput.ContainerStarted(container, pid) { StartedAt = startedAt });
        return pid;
    }

    public void FailStart(string id, string message) => Step(new AgentInput.ContainerStartFailed(ContainerOf(id), message));

    /// <summary>The process of a container ends.</summary>
    public void Exit(string id, int? waitStatus, DateTimeOffset? endedAt = null)
    {
        var container = ContainerOf(id);
        ExitUnseen(id, waitStatus, endedAt);
        Step(new AgentInput.ContainerExited(container, waitStatus) { EndedAt = endedAt });
    }

    /// <summary>The process of a container ends while no agent is there to be told.</summary>
    public void ExitUnseen(string id, int? waitStatus, DateTimeOffset? endedAt = null)
    {
        var container = ContainerOf(id);
        var pid = Supervised.TryGetValue(container, out var known) ? known.Pid : 0;
        Supervised[container] = new(container, pid, Running: false, waitStatus) { EndedAt = endedAt };
    }

    /// <summary>An executor subscribes, naming what it has not seen acknowledged.</summary>
    public StreamId Subscribe(string executor, IEnumerable<TaskInfo>? tasks = null, IEnumerable<TaskStatus>? updates = null)
    {
        var call = CallOf(executor, Executor.Call.Types.Type.Subscribe);
        call.Subscribe = new();
        call.Subscribe.UnacknowledgedTasks.Add(tasks ?? []);
        call.Subscribe.UnacknowledgedUpdates.Add((updates ?? []).Select(status => new Executor.Call.Types.Update { Status = status }));
        var stream = new StreamId(++_streams);
        Step(new AgentInput.ExecutorSubscribe(stream, call));
        return stream;
    }

    /// <summary>An executor calls; gives the answer.</summary>
    public (int Status, string Body) Call(Executor.Call call)
    {
        var request = new RequestId(++_requests);
        Step(new AgentInput.ExecutorCall(request, call));
        var reply = Effects.OfType<AgentEffect.Reply>().Single(reply => reply.Request == request);
        return (reply.Status, reply.Body);
    }

    /// <summary>An executor reports a state; gives the status it sent.</summary>
    public TaskStatus Update(string executor, string task, TaskState state)
    {
        var call = UpdateOf(executor, task, state);
        Call(call);
        return call.Update.Status;
    }

    public Executor.Call UpdateOf(string executor, string task, TaskState state)
    {
        var uuid = new byte[16];
        BitConverter.TryWriteBytes(uuid, ++_requests);
        uuid[6] = 0x40;
        uuid[8] = 0x80;
        var call = CallOf(executor, Executor.Call.Types.Type.Update);
        call.Update = new()
        {
            Status = new()
            {
                TaskId = new() { Value = task },
                State = state,
                Source = TaskStatus.Types.Source.Executor,
                Uuid = ByteString.CopyFrom(uuid),
            },
        };
        return call;
    }

    public static Executor.Call CallOf(string executor, Executor.Call.Types.Type type) => new()
    {
        Type = type,
        ExecutorId = new() { Value = executor },
        FrameworkId = new() { Value = Make.FrameworkId },
    };

    /// <summary>What was sent on a stream since <see cref="Clear"/>.</summary>
    public IReadOnlyList<Executor.Event> Events(StreamId stream) =>
        [.. Effects.OfType<AgentEffect.ToExecutor>().Where(effect => effect.Stream == stream).Select(effect => effect.Event)];

    /// <summary>The agent is killed and started again; the disk and the supervisor stay.</summary>
    public void Restart()
    {
        Effects.Clear();
        Core = Boot();
    }

    /// <summary>Takes an entry off the disk.</summary>
    public void Forget(string key) => _disk.Remove(key);

    public void Clear() => Effects.Clear();

    public KeyValuePair<string, IMessage>[] Disk() =>
        [.. _disk.Select(entry => KeyValuePair.Create(entry.Key, (IMessage)Checkpoints.ParserOf(entry.Key)!.ParseFrom(entry.Value)))];

    private static AgentInfo AgentInfo()
    {
        var info = new AgentInfo { Hostname = "localhost", Port = 5051 };
        info.Resources.Add(Make.Scalar("cpus", 8));
        info.Resources.Add(Make.Scalar("mem", 8192));
        foreach (var resource in info.Resources)
        {
            resource.AllocationInfo = null;
        }

        return info;
    }

    private static MasterInfo Master() => new() { Id = "M", Ip = 0, Port = 5050 };

    private AgentCore Boot()
    {
        var effects = new List<AgentEffect>();
        var core = new AgentCore(Options, new Dictionary<string, IMessage>(Disk(), StringComparer.Ordinal), [.. Supervised.Values], Now, effects);
        Apply(effects);
        return core;
    }

    /// <summary>As a shell does it: first all that is to be persisted, then the rest in order.</summary>
    private void Apply(List<AgentEffect> effects)
    {
        foreach (var persist in effects.OfType<AgentEffect.Persist>())
        {
            if (persist.Entry is { } entry)
            {
                _disk[persist.Key] = entry.ToByteString();
            }
            else
            {
                _disk.Remove(persist.Key);
            }
        }

        foreach (var effect in effects.Where(effect => effect is not AgentEffect.Persist))
        {
            Effects.Add(effect);
            if (effect is AgentEffect.StartContainer start)
            {
                Started.Add(start.Plan);
            }
            else if (effect is AgentEffect.ForgetContainer forget)
            {
                Supervised.Remove(forget.Container);
            }
        }
    }
}
