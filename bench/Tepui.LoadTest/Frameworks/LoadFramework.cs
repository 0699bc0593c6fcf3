using System.Diagnostics;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Scheduler;
using Task = System.Threading.Tasks.Task;

namespace Tepui.LoadTest.Frameworks;

/// <summary>A framework that launches as many tasks as fit, round after round. A round lasts from its first ACCEPT until the master has taken the acknowledgement of its last TASK_FINISHED.</summary>
internal sealed class LoadFramework : IAsyncDisposable
{
    /// <summary>Cores of a task, in thousandths.</summary>
    private const int TaskMilliCpus = 10;

    /// <summary>Memory of a task, MB.</summary>
    private const int TaskMemMb = 8;

    private readonly SchedulerClient _client;
    private readonly Action<TaskInfo> _fill;
    private readonly List<Offer> _held = [];
    private readonly HashSet<string> _open = [];
    private int _round;
    private int _launched;
    private int _tasks;
    private long _began;

    /// <summary>Prepares a framework.</summary>
    /// <param name="master">Where.</param>
    /// <param name="fill">Sets the command or the executor of a task.</param>
    public LoadFramework(Uri master, Action<TaskInfo> fill)
    {
        _fill = fill;
        _client = new(new SchedulerOptions { Masters = [master.Authority], Framework = Info(), AutoAcknowledge = false });
    }

    /// <summary>Runs rounds of tasks, one after another.</summary>
    /// <param name="rounds">How many.</param>
    /// <param name="tasks">Tasks of each.</param>
    /// <param name="between">Called before the first round, and after each.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How long each took.</returns>
    /// <exception cref="LoadTestException">A task did not finish, or a call failed.</exception>
    public async Task<IReadOnlyList<TimeSpan>> RunAsync(int rounds, int tasks, Action between, CancellationToken cancel)
    {
        var took = new List<TimeSpan>();
        _tasks = tasks;
        between();
        await foreach (var happened in _client.RunAsync(cancel))
        {
            switch (happened)
            {
                case SchedulerEvent.Offered offered:
                    _held.AddRange(offered.Offers);
                    Launch();
                    break;
                case SchedulerEvent.Rescinded rescinded:
                    _held.RemoveAll(offer => offer.Id.Value == rescinded.Offer.Value);
                    break;
                case SchedulerEvent.Updated updated when Take(updated):
                    await _client.SendAsync(AcknowledgeCall(updated.Status), cancel);
                    took.Add(Stopwatch.GetElapsedTime(_began));
                    between();
                    if (took.Count == rounds)
                    {
                        return took;
                    }

                    _round++;
                    _launched = 0;
                    Launch();
                    break;
                case SchedulerEvent.CallFailed failed:
                    throw new LoadTestException($"{failed.Call.Type} was answered {failed.Answer.Status} {failed.Answer.Body}");
                case SchedulerEvent.Disconnected lost:
                    throw new LoadTestException($"The connection to the master was lost: {lost.Reason}");
            }
        }

        throw new LoadTestException("The subscription ended early");
    }

    /// <summary>Ends the framework for good.</summary>
    public Task TeardownAsync(CancellationToken cancel) => _client.TeardownAsync(cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>A framework as the rows use it.</summary>
    public static FrameworkInfo Info()
    {
        var info = new FrameworkInfo { Name = "load", User = System.Environment.UserName, Checkpoint = true, FailoverTimeout = 60, Roles = { "*" } };
        info.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = FrameworkInfo.Types.Capability.Types.Type.MultiRole });
        info.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = FrameworkInfo.Types.Capability.Types.Type.ReservationRefinement });
        info.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = FrameworkInfo.Types.Capability.Types.Type.PartitionAware });
        return info;
    }

    /// <summary>A task's share of an offer.</summary>
    public static IEnumerable<Resource> Share(Offer offer) =>
        [Cut(offer, "cpus", TaskMilliCpus / 1000.0), Cut(offer, "mem", TaskMemMb)];

    /// <summary>How many tasks fit into an offer.</summary>
    public static int Fitting(Offer offer) => (int)Math.Min(Amount(offer, "cpus") * 1000 / TaskMilliCpus + 0.01, Amount(offer, "mem") / TaskMemMb + 0.01);

    private static double Amount(Offer offer, string name)
    {
        var sum = 0.0;
        foreach (var resource in offer.Resources)
        {
            sum += resource.Name == name ? resource.Scalar.Value : 0;
        }

        return sum;
    }

    private static Resource Cut(Offer offer, string name, double amount)
    {
        var cut = offer.Resources.First(resource => resource.Name == name).Clone();
        cut.Scalar.Value = amount;
        return cut;
    }

    private static Call AcknowledgeCall(Tepui.Protocol.V1.TaskStatus status) => new()
    {
        Type = Call.Types.Type.Acknowledge,
        Acknowledge = new() { AgentId = status.AgentId, TaskId = status.TaskId, Uuid = status.Uuid },
    };

    private void Launch()
    {
        if (_launched == 0 && _held.Count > 0)
        {
            _began = Stopwatch.GetTimestamp();
        }

        for (; _launched < _tasks && _held.Count > 0; _held.RemoveAt(_held.Count - 1))
        {
            LaunchOn(_held[^1]);
        }
    }

    private void LaunchOn(Offer offer)
    {
        var count = Math.Min(Fitting(offer), _tasks - _launched);
        var share = Share(offer).ToArray();
        var tasks = new List<TaskInfo>(count);
        for (var i = 0; i < count; i++)
        {
            var task = new TaskInfo { Name = "load", TaskId = new() { Value = $"r{_round}.{_launched++}" }, AgentId = offer.AgentId };
            task.Resources.AddRange(share);
            _fill(task);
            _open.Add(task.TaskId.Value);
            tasks.Add(task);
        }

        // What is left comes back at once.
        _client.Launch(offer, tasks, TimeSpan.Zero);
    }

    /// <summary>Takes an update; true for the last of a round, which is then still to be acknowledged.</summary>
    private bool Take(SchedulerEvent.Updated updated)
    {
        var status = updated.Status;
        switch (status.State)
        {
            case TaskState.TaskStaging or TaskState.TaskStarting or TaskState.TaskRunning:
                break;
            case TaskState.TaskFinished:
                if (_open.Remove(status.TaskId.Value) && _launched == _tasks && _open.Count == 0)
                {
                    return true;
                }

                break;
            default:
                throw new LoadTestException($"Task {status.TaskId.Value} ended as {status.State} ({status.Reason}): {status.Message}");
        }

        _client.Acknowledge(status);
        return false;
    }
}
