using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Master;
using Tepui.Web.Client;
using Agent = Tepui.Protocol.V1.Master.Response.Types.GetAgents.Types.Agent;
using Framework = Tepui.Protocol.V1.Master.Response.Types.GetFrameworks.Types.Framework;
using Task = Tepui.Protocol.V1.Task;

namespace Tepui.Web.Cluster;

/// <summary>What a master has told of its cluster, brought up to date by its events. One writer; readers come through <see cref="Read"/>.</summary>
public sealed class ClusterModel
{
    /// <summary>Ended tasks beyond so many are forgotten, oldest first.</summary>
    public const int MaxEnded = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Agent> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Framework> _frameworks = new(StringComparer.Ordinal);
    private readonly Dictionary<TaskKey, Task> _tasks = [];
    private readonly Queue<TaskKey> _ended = new();
    private IReadOnlyDictionary<string, AgentUsage> _usage = new Dictionary<string, AgentUsage>();
    private long _version;

    /// <summary>Counts every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>An update was skipped: a task's state is ahead of its latest news. <see cref="Replace(Response.Types.GetTasks)"/> clears it.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Registered agents by id. Only within <see cref="Read"/>.</summary>
    public IReadOnlyDictionary<string, Agent> Agents => _agents;

    /// <summary>Frameworks, completed ones included, by id. Only within <see cref="Read"/>.</summary>
    public IReadOnlyDictionary<string, Framework> Frameworks => _frameworks;

    /// <summary>Tasks. Only within <see cref="Read"/>.</summary>
    public IReadOnlyDictionary<TaskKey, Task> Tasks => _tasks;

    /// <summary>What agents use, by agent id.</summary>
    public IReadOnlyDictionary<string, AgentUsage> Usage => _usage;

    /// <summary>Whether a task in this state has ended for good.</summary>
    public static bool IsEnded(TaskState state) => state is TaskState.TaskFinished or TaskState.TaskFailed or TaskState.TaskKilled or TaskState.TaskError
        or TaskState.TaskLost or TaskState.TaskDropped or TaskState.TaskGone or TaskState.TaskGoneByOperator;

    /// <summary>Looks at the model while nothing changes it. Keep it short and take no message out that is not copied, except ids and immutable values.</summary>
    public T Read<T>(Func<ClusterModel, T> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        lock (_gate)
        {
            return look(this);
        }
    }

    /// <summary>Applies one event of the master.</summary>
    public void Apply(Event change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            if (ApplyLocked(change))
            {
                _version++;
            }
        }
    }

    /// <summary>Takes a fresh list of agents.</summary>
    public void Replace(Response.Types.GetAgents agents)
    {
        ArgumentNullException.ThrowIfNull(agents);
        lock (_gate)
        {
            _agents.Clear();
            foreach (var agent in agents.Agents)
            {
                _agents[agent.AgentInfo.Id.Value] = agent;
            }

            _version++;
        }
    }

    /// <summary>Takes a fresh list of frameworks.</summary>
    public void Replace(Response.Types.GetFrameworks frameworks)
    {
        ArgumentNullException.ThrowIfNull(frameworks);
        lock (_gate)
        {
            _frameworks.Clear();
            foreach (var framework in frameworks.CompletedFrameworks.Concat(frameworks.Frameworks))
            {
                _frameworks[framework.FrameworkInfo.Id.Value] = framework;
            }

            _version++;
        }
    }

    /// <summary>Takes a fresh list of tasks. Tasks the master has forgotten stay until their turn comes.</summary>
    public void Replace(Response.Types.GetTasks tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        lock (_gate)
        {
            foreach (var task in All(tasks).Where(IsNews))
            {
                Put(task);
            }

            IsBehind = false;
            _version++;
        }
    }

    /// <summary>Takes fresh figures of what agents use.</summary>
    public void Replace(IReadOnlyDictionary<string, AgentUsage> usage)
    {
        lock (_gate)
        {
            _usage = usage;
            _version++;
        }
    }

    private bool ApplyLocked(Event change)
    {
        switch (change.Type)
        {
            case Event.Types.Type.Subscribed:
                Restart(change.Subscribed.GetState ?? new Response.Types.GetState());
                return true;
            case Event.Types.Type.TaskAdded:
                Put(change.TaskAdded.Task);
                return true;
            case Event.Types.Type.TaskUpdated:
                return Update(change.TaskUpdated);
            case Event.Types.Type.AgentAdded:
                _agents[change.AgentAdded.Agent.AgentInfo.Id.Value] = change.AgentAdded.Agent;
                return true;
            case Event.Types.Type.AgentRemoved:
                return _agents.Remove(change.AgentRemoved.AgentId.Value);
            case Event.Types.Type.FrameworkAdded:
                _frameworks[change.FrameworkAdded.Framework.FrameworkInfo.Id.Value] = change.FrameworkAdded.Framework;
                return true;
            case Event.Types.Type.FrameworkUpdated:
                _frameworks[change.FrameworkUpdated.Framework.FrameworkInfo.Id.Value] = change.FrameworkUpdated.Framework;
                return true;
            case Event.Types.Type.FrameworkRemoved:
                return End(change.FrameworkRemoved.FrameworkInfo.Id.Value);
            default:
                return false;
        }
    }

    private void Restart(Response.Types.GetState state)
    {
        _agents.Clear();
        _frameworks.Clear();
        _tasks.Clear();
        _ended.Clear();
        foreach (var agent in state.GetAgents?.Agents ?? [])
        {
            _agents[agent.AgentInfo.Id.Value] = agent;
        }

        foreach (var framework in (state.GetFrameworks?.CompletedFrameworks ?? []).Concat(state.GetFrameworks?.Frameworks ?? []))
        {
            _frameworks[framework.FrameworkInfo.Id.Value] = framework;
        }

        foreach (var task in All(state.GetTasks ?? new Response.Types.GetTasks()))
        {
            Put(task);
        }

        IsBehind = false;
    }

    private static IEnumerable<Task> All(Response.Types.GetTasks tasks) => tasks.CompletedTasks.Concat(tasks.UnreachableTasks).Concat(tasks.Tasks);

    // An answer may have been written before events that arrived ahead of it.
    private bool IsNews(Task task) =>
        !_tasks.TryGetValue(TaskKey.Of(task), out var known)
        || (task.Statuses.Count >= known.Statuses.Count && (IsEnded(task.State) || !IsEnded(known.State)));

    private void Put(Task task)
    {
        var key = TaskKey.Of(task);
        var noted = _tasks.TryGetValue(key, out var before) && IsEnded(before.State);
        _tasks[key] = task;
        if (!noted)
        {
            NoteEnd(key, task.State);
        }
    }

    private bool Update(Event.Types.TaskUpdated update)
    {
        var key = new TaskKey(update.FrameworkId.Value, update.Status.TaskId.Value);
        if (!_tasks.TryGetValue(key, out var task))
        {
            return false;
        }

        var ended = IsEnded(task.State);
        task.State = update.State;
        task.Statuses.Add(update.Status);
        IsBehind |= update.State != update.Status.State;
        if (!ended)
        {
            NoteEnd(key, task.State);
        }

        return true;
    }

    private void NoteEnd(TaskKey key, TaskState state)
    {
        if (!IsEnded(state))
        {
            return;
        }

        _ended.Enqueue(key);
        while (_ended.Count > MaxEnded)
        {
            var oldest = _ended.Dequeue();
            if (_tasks.TryGetValue(oldest, out var task) && IsEnded(task.State))
            {
                _tasks.Remove(oldest);
            }
        }
    }

    private bool End(string framework)
    {
        if (!_frameworks.TryGetValue(framework, out var found))
        {
            return false;
        }

        var ended = found.Clone();
        ended.Active = false;
        ended.Connected = false;
        _frameworks[framework] = ended;
        return true;
    }
}
