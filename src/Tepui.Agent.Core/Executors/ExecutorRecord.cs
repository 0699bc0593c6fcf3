using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.GarbageCollection;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Model.Time;
using Tepui.Protocol.V1;
using WireTask = Tepui.Protocol.V1.Task;

namespace Tepui.Agent.Core.Executors;

/// <summary>Who carries out an executor's tasks.</summary>
internal enum ExecutorKind
{
    /// <summary>The agent; one task, whose container is the executor's.</summary>
    Command,

    /// <summary>The agent; groups of tasks, each task in a container nested in the executor's, which has no process.</summary>
    Default,

    /// <summary>A process of the framework's that speaks the executor API.</summary>
    Custom,
}

/// <summary>How far an executor is.</summary>
internal enum ExecutorState
{
    /// <summary>Its process has not subscribed (or, for a command task, not started) yet.</summary>
    Registering,
    Running,

    /// <summary>It was told to end.</summary>
    Terminating,

    /// <summary>Nothing of it runs; updates may still be unacknowledged.</summary>
    Terminated,
}

/// <summary>One run of an executor.</summary>
internal sealed class ExecutorRecord(FrameworkRecord framework, ExecutorId id, ExecutorKind kind, ContainerId container, string directory, long number)
{
    private ExecutorInfo? _info;

    public FrameworkRecord Framework { get; } = framework;

    public ExecutorId Id { get; } = id;

    public ExecutorKind Kind { get; } = kind;

    /// <summary>Its container, which names this run.</summary>
    public ContainerId Container { get; } = container;

    /// <summary>Sandbox, relative to the work directory.</summary>
    public string Directory { get; } = directory;

    /// <summary>Rises in the order of launches.</summary>
    public long Number { get; } = number;

    /// <summary>For a command task this is made up when first asked for, while it has its task.</summary>
    public ExecutorInfo Info
    {
        get => _info ??= CommandExecutor.InfoFor(this);
        set => _info = value;
    }

    public ExecutorState State { get; set; } = ExecutorState.Registering;

    /// <summary>Its tasks that are not completed.</summary>
    public Dictionary<TaskId, TaskRecord> Tasks { get; } = [];

    /// <summary>Ended and acknowledged, oldest first; without the data of their statuses.</summary>
    public Queue<WireTask> CompletedTasks { get; } = new();

    /// <summary>Its sandbox, once it is over.</summary>
    public OldSandbox? Sandbox { get; set; }

    /// <summary>Launches not yet sent to a framework's own executor, oldest first; each a task or a whole group.</summary>
    public List<IReadOnlyList<TaskRecord>> Undelivered { get; } = [];

    /// <summary>Containers of it that are not known to have ended.</summary>
    public int LiveContainers { get; set; }

    /// <summary>Where its events go, while it is connected.</summary>
    public StreamId? Stream { get; set; }

    /// <summary>It was sent a task at least once.</summary>
    public bool WasUsed { get; set; }

    /// <summary>What it has to do in time: subscribe, or end.</summary>
    public Alarm<Turn>? Timer { get; set; }

    /// <summary>Sends it a sign of life now and then.</summary>
    public Alarm<Turn>? Heartbeat { get; set; }

    /// <summary>Why it is being ended by the agent, for the last status of its tasks.</summary>
    public ExecutorEnd? End { get; set; }

    /// <summary>Number of the last group launched in it.</summary>
    public uint Groups { get; set; }

    /// <summary>As last shown; <see langword="null"/> once something in it has changed.</summary>
    public ExecutorView? View { get; set; }

    /// <summary>What was shown of it is out of date.</summary>
    public void Changed()
    {
        View = null;
        Framework.View = null;
    }
}
