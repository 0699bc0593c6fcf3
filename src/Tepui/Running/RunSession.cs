using Tepui.Commands;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Sdk.Offers;
using Tepui.Sdk.Operators;
using Tepui.Sdk.Scheduler;
using Tepui.Terminal;
using Environment = System.Environment;
using Task = System.Threading.Tasks.Task;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Running;

/// <summary>A framework that runs a number of equal tasks to their end.</summary>
internal sealed class RunSession : IAsyncDisposable
{
    /// <summary>A launch that never started its task (an offer gone meanwhile, an agent draining or restarting) is tried again so often.</summary>
    private const int RetriesMax = 10;

    /// <summary>Wait before the first retry; doubles each time.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Offers come again after this long while tasks wait for their retry.</summary>
    private static readonly TimeSpan RefuseWhilePausing = TimeSpan.FromSeconds(1);

    /// <summary>Tasks outlive a lost connection for so long.</summary>
    private static readonly TimeSpan FailoverTimeout = TimeSpan.FromMinutes(1);

    /// <summary>A master that is away is waited for so long, to take the framework away.</summary>
    private static readonly TimeSpan TeardownTime = TimeSpan.FromSeconds(10);

    private readonly RunRequest _request;
    private readonly OperatorClient _operators;
    private readonly SchedulerClient _client;
    private readonly TimeProvider _time;
    private readonly LinkedList<RunInstance> _waiting;
    private readonly Dictionary<TaskId, RunInstance> _byId;
    private bool _suppressed;

    /// <summary>Prepares the tasks; connects nothing yet.</summary>
    public RunSession(RunRequest request, Uri master, OperatorClient operators, TimeProvider time)
    {
        _request = request;
        _operators = operators;
        _time = time;
        Instances = [.. Enumerable.Range(1, request.Instances).Select(n => new RunInstance(new TaskId($"{request.Name}.{n}")))];
        _waiting = new(Instances);
        _byId = Instances.ToDictionary(instance => instance.Id);
        _client = new(new SchedulerOptions { Masters = [master.Authority], Framework = Framework(request), Time = time });
    }

    /// <summary>All tasks, in order of their numbers.</summary>
    public IReadOnlyList<RunInstance> Instances { get; }

    /// <summary>Id of the framework, once subscribed.</summary>
    public FrameworkId FrameworkId => _client.FrameworkId;

    /// <summary>Why nothing happens now, for people; <see langword="null"/> while all is well.</summary>
    public string? Trouble { get; private set; } = "connecting";

    /// <summary>Whether the master took the framework away at the end.</summary>
    public bool IsTornDown { get; private set; }

    /// <summary>Number of tasks that have ended.</summary>
    public int EndedCount { get; private set; }

    /// <summary>Number of tasks not launched yet.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Why a task that waits was not started before; <see langword="null"/> when none was tried.</summary>
    public string? WaitingReason => _waiting.Last?.Value.Message;

    /// <summary>Number of offers too small for one task so far.</summary>
    public int SmallOffers { get; private set; }

    /// <summary>Runs until every task has ended, then takes the framework away.</summary>
    /// <param name="changed">Called after each change.</param>
    /// <param name="cancel">Ends the run early: the framework is torn down, which kills its tasks.</param>
    /// <exception cref="FrameworkErrorException">The master will not have this framework.</exception>
    public async Task RunAsync(Action changed, CancellationToken cancel)
    {
        try
        {
            await foreach (var happened in _client.RunAsync(cancel))
            {
                Take(happened);
                changed();
                if (EndedCount == Instances.Count)
                {
                    break;
                }
            }
        }
        finally
        {
            await TeardownAsync();
        }
    }

    /// <summary>Ends the connection.</summary>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static FrameworkInfo Framework(RunRequest request)
    {
        var info = new FrameworkInfo
        {
            Name = request.Name,
            User = request.User,
            Hostname = Environment.MachineName,
            FailoverTimeout = FailoverTimeout.TotalSeconds,
            Checkpoint = true,
        };
        info.Roles.Add(request.Role);
        foreach (var capability in new[]
        {
            FrameworkInfo.Types.Capability.Types.Type.MultiRole,
            FrameworkInfo.Types.Capability.Types.Type.PartitionAware,
            FrameworkInfo.Types.Capability.Types.Type.ReservationRefinement,
            FrameworkInfo.Types.Capability.Types.Type.TaskKillingState,
        })
        {
            info.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = capability });
        }

        return info;
    }

    private void Take(SchedulerEvent happened)
    {
        switch (happened)
        {
            case SchedulerEvent.Subscribed:
                Trouble = null;
                _suppressed = false;
                break;
            case SchedulerEvent.Disconnected lost:
                Trouble = $"lost the master ({lost.Reason}); trying again";
                break;
            case SchedulerEvent.Offered offered:
                Launch(offered.Offers);
                break;
            case SchedulerEvent.Updated updated when _byId.TryGetValue(updated.Task, out var instance):
                Update(instance, updated.Status);
                break;
            case SchedulerEvent.CallFailed { Call.Accept: { } accept } failed:
                Retry(accept, failed.Answer.ToString());
                break;
            default:
                break;
        }
    }

    private void Launch(IReadOnlyList<Offer> offers)
    {
        if (_waiting.Count == 0)
        {
            Hush(offers);
            return;
        }

        var now = _time.GetUtcNow();
        var ready = new LinkedList<RunInstance>(_waiting.Where(instance => instance.NotBefore <= now));
        if (ready.Count == 0)
        {
            _client.Decline(offers.Select(offer => OfferId.From(offer.Id)), RefuseWhilePausing);
            return;
        }

        foreach (var use in OfferMatcher.Place(offers, ready, _ => _request.Demand))
        {
            if (use.Items.Count == 0)
            {
                SmallOffers++;
                _client.Decline([OfferId.From(use.Offer.Id)]);
                continue;
            }

            var tasks = new List<TaskInfo>(use.Items.Count);
            foreach (var (instance, resources) in use.Items)
            {
                _waiting.Remove(instance);
                instance.State = TaskState.TaskStaging;
                instance.Agent = AgentId.From(use.Offer.AgentId);
                tasks.Add(ToTask(instance, use.Offer, resources));
            }

            // What is left comes back at once while more tasks wait.
            _client.Launch(use.Offer, tasks, _waiting.Count > 0 ? TimeSpan.Zero : null);
        }
    }

    /// <summary>Nothing waits: others shall have the offers.</summary>
    private void Hush(IReadOnlyList<Offer> offers)
    {
        _client.Decline(offers.Select(offer => OfferId.From(offer.Id)));
        if (!_suppressed)
        {
            _suppressed = true;
            _client.Suppress();
        }
    }

    private TaskInfo ToTask(RunInstance instance, Offer offer, IReadOnlyList<Resource> resources)
    {
        var task = new TaskInfo
        {
            Name = _request.Name,
            TaskId = instance.Id.ToWire(),
            AgentId = offer.AgentId,
            Command = _request.Demand.Ports > 0 ? WithPorts(_request.Command, resources) : _request.Command,
            HealthCheck = _request.HealthCheck,
        };
        task.Resources.AddRange(resources);
        if (_request.MaxCompletionTime is { } limit)
        {
            task.MaxCompletionTime = new() { Nanoseconds = limit.Ticks * TimeSpan.NanosecondsPerTick };
        }

        if (_request.KillGrace is { } grace)
        {
            task.KillPolicy = new() { GracePeriod = new() { Nanoseconds = grace.Ticks * TimeSpan.NanosecondsPerTick } };
        }

        return task;
    }

    /// <summary>The command with the ports handed to its task as PORT0, PORT1, …, the first as PORT too.</summary>
    private static CommandInfo WithPorts(CommandInfo command, IReadOnlyList<Resource> resources)
    {
        var own = command.Clone();
        own.Environment ??= new();
        var ports = resources.Where(resource => resource.Name == "ports")
            .SelectMany(resource => resource.Ranges.Range)
            .SelectMany(range => Enumerable.Range((int)range.Begin, (int)(range.End - range.Begin) + 1));
        foreach (var (port, index) in ports.Select((port, index) => (port, index)))
        {
            own.Environment.Variables.Add(new Protocol.V1.Environment.Types.Variable { Name = $"PORT{index}", Value = port.ToString() });
            if (index == 0)
            {
                own.Environment.Variables.Add(new Protocol.V1.Environment.Types.Variable { Name = "PORT", Value = port.ToString() });
            }
        }

        return own;
    }

    private void Update(RunInstance instance, TaskStatus status)
    {
        if (instance.Ended is not null || instance.State is null)
        {
            return;
        }

        var now = (status.HasTimestamp ? Text.Time(status.Timestamp) : null) ?? _time.GetUtcNow();
        instance.State = status.State;
        instance.Message = status.HasMessage && status.Message.Length > 0 ? status.Message : null;
        instance.Reason = status.HasReason ? status.Reason.ToString() : null;
        if (status.State == TaskState.TaskRunning)
        {
            instance.Started ??= now;
        }

        if (status.State == TaskState.TaskDropped && MayPass(status) && instance.Retries < RetriesMax)
        {
            Wait(instance);
            return;
        }

        if (TaskLookup.IsEnded(status.State))
        {
            instance.Ended = now;
            EndedCount++;
        }
    }

    /// <summary>Whether the task was dropped for what passes (an offer that was gone, an agent that went or came back), and not for what is wrong with the task.</summary>
    private static bool MayPass(TaskStatus status) => status.HasReason && status.Reason is TaskStatus.Types.Reason.InvalidOffers
        or TaskStatus.Types.Reason.AgentDisconnected
        or TaskStatus.Types.Reason.AgentDraining
        or TaskStatus.Types.Reason.AgentRemoved
        or TaskStatus.Types.Reason.AgentRestarted
        or TaskStatus.Types.Reason.Reconciliation;

    private void Retry(Protocol.V1.Scheduler.Call.Types.Accept accept, string why)
    {
        foreach (var task in accept.Operations.SelectMany(operation => operation.Launch?.TaskInfos ?? []))
        {
            var instance = _byId[TaskId.From(task.TaskId)];
            instance.Message = why;
            if (instance.State == TaskState.TaskStaging)
            {
                Wait(instance);
            }
        }
    }

    /// <summary>The task never started: it waits for another offer.</summary>
    private void Wait(RunInstance instance)
    {
        instance.NotBefore = _time.GetUtcNow() + (RetryPause * Math.Pow(2, instance.Retries));
        instance.Retries++;
        instance.State = null;
        _waiting.AddLast(instance);
        if (_suppressed && _client.IsSubscribed)
        {
            _suppressed = false;
            _client.Revive();
        }
    }

    /// <summary>Takes the framework away, as an operator does: its own connection may be gone, by Ctrl-C or with the master.</summary>
    private async Task TeardownAsync()
    {
        if (!FrameworkId.IsSet)
        {
            return;
        }

        var began = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await _operators.TeardownAsync(FrameworkId.ToWire(), CancellationToken.None);
                IsTornDown = true;
                return;
            }
            catch (HttpRequestException) when (_time.GetElapsedTime(began) < TeardownTime)
            {
                await Task.Delay(RetryPause, _time);
            }
            catch (Exception problem) when (problem is OperatorException or OperationCanceledException or HttpRequestException)
            {
                Trouble = $"the framework {FrameworkId} could not be torn down ({problem.Message}); the master does so {FailoverTimeout.TotalSeconds:0} s after the connection ended";
                return;
            }
        }
    }
}
