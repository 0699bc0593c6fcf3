using System.Collections.Concurrent;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Sdk.Offers;
using Tepui.Sdk.Scheduler;
using Task = System.Threading.Tasks.Task;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>A framework that writes down what it launches before it does, launches each task once, and can be lost and come back under its id.</summary>
internal sealed class PersistentFramework : IAsyncDisposable
{
    private readonly string _master;
    private readonly FrameworkInfo _info;
    private readonly Dictionary<string, TaskInfo> _tasks;
    private readonly LinkedList<string> _waiting;
    private readonly ConcurrentDictionary<string, AgentId> _launched = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private SchedulerClient _client;
    private CancellationTokenSource _stop = new();
    private Task _running;

    public PersistentFramework(string master, IEnumerable<TaskInfo> tasks)
    {
        _master = master;
        _tasks = tasks.ToDictionary(task => task.TaskId.Value, StringComparer.Ordinal);
        _waiting = new(_tasks.Keys);
        _info = new() { Name = "chaos", User = System.Environment.UserName, Roles = { "*" }, Checkpoint = true, FailoverTimeout = 3600 };
        foreach (var capability in new[] { FrameworkInfo.Types.Capability.Types.Type.MultiRole, FrameworkInfo.Types.Capability.Types.Type.PartitionAware })
        {
            _info.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = capability });
        }

        (_client, _running) = Begin();
    }

    /// <summary>The last state heard of each task.</summary>
    public ConcurrentDictionary<string, TaskState> States { get; } = new(StringComparer.Ordinal);

    /// <summary>What was heard of each task, in order.</summary>
    public ConcurrentQueue<(string Task, TaskStatus Status)> Heard { get; } = new();

    public bool IsSubscribed => _client.IsSubscribed;

    public bool HasLaunchedAll
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count == 0;
            }
        }
    }

    public int Count(TaskState state) => States.Values.Count(one => one == state);

    /// <summary>Is lost without a word.</summary>
    public async Task LoseAsync()
    {
        await _stop.CancelAsync();
        await _client.DisposeAsync();
        await _running;
        _stop.Dispose();
    }

    /// <summary>Comes back with what it wrote down.</summary>
    public void Return()
    {
        _stop = new();
        (_client, _running) = Begin();
    }

    public void Kill(string task) => _client.Kill(new TaskId(task), _launched[task]);

    public async ValueTask DisposeAsync() => await LoseAsync();

    private (SchedulerClient Client, Task Running) Begin()
    {
        var client = new SchedulerClient(new() { Masters = [_master], Framework = _info, BackoffMax = TimeSpan.FromSeconds(1), ReconcileInterval = TimeSpan.FromSeconds(2) });
        foreach (var (id, agent) in _launched)
        {
            if (!States.TryGetValue(id, out var state) || !IsOver(state))
            {
                client.Tasks.Expect(new TaskId(id), agent);
            }
        }

        return (client, RunAsync(client, _stop.Token));
    }

    private async Task RunAsync(SchedulerClient client, CancellationToken stop)
    {
        try
        {
            await foreach (var happened in client.RunAsync(stop))
            {
                switch (happened)
                {
                    case SchedulerEvent.Subscribed subscribed:
                        _info.Id = subscribed.Framework.ToWire();
                        break;
                    case SchedulerEvent.Offered offered:
                        Launch(client, offered.Offers);
                        break;
                    case SchedulerEvent.Updated updated:
                        Heard.Enqueue((updated.Task.Value, updated.Status));
                        States.AddOrUpdate(updated.Task.Value, updated.Status.State, (_, before) => IsOver(before) ? before : updated.Status.State);
                        break;
                    default:
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Launch(SchedulerClient client, IReadOnlyList<Offer> offers)
    {
        lock (_gate)
        {
            foreach (var offer in offers)
            {
                // A few at a time, so that there is always something under way.
                var some = new LinkedList<string>(_waiting.Take(10));
                foreach (var use in OfferMatcher.Place([offer], some, _ => new TaskDemand(Cpus: 0.1, MemMb: 8)))
                {
                    var tasks = new List<TaskInfo>();
                    foreach (var (id, resources) in use.Items)
                    {
                        _waiting.Remove(id);
                        _launched[id] = AgentId.From(offer.AgentId);
                        var task = _tasks[id].Clone();
                        task.AgentId = offer.AgentId;
                        task.Resources.Add(resources);
                        tasks.Add(task);
                    }

                    client.Launch(offer, tasks, _waiting.Count > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(3600));
                }
            }
        }
    }

    public static bool IsOver(TaskState state) => state is TaskState.TaskFinished or TaskState.TaskFailed or TaskState.TaskKilled or TaskState.TaskError
        or TaskState.TaskLost or TaskState.TaskDropped or TaskState.TaskGone;
}
