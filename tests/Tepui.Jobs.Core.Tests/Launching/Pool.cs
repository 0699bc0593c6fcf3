using Google.Protobuf;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Jobs.Core.Tests.Launching;

/// <summary>
/// A core on virtual time and a master with several agents, which takes its time as a real one does: offers come a little after they are wanted, and what is left of a used offer comes back after a pause.
/// An offer that is used twice, after it was void, or beyond what it holds fails the test.
/// </summary>
internal sealed class Pool
{
    private static readonly TimeSpan Transfer = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan AllocationDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ReofferPause = TimeSpan.FromMilliseconds(100);

    private readonly PriorityQueue<Action, (DateTimeOffset At, long Number)> _later = new();
    private readonly Dictionary<string, (PoolAgent Agent, Offer Offer)> _offers = new(StringComparer.Ordinal);
    private readonly List<PoolAgent> _agents = [];
    private readonly Queue<JobsInput> _untold = new();
    private DateTimeOffset _againAt = DateTimeOffset.MaxValue;
    private bool _isWanted = true;
    private bool _isSubscribed;
    private bool _isPlanned;
    private long _numbers;

    /// <summary>A pool without agents.</summary>
    public Pool(JobsOptions? options = null)
    {
        Options = options ?? new();
        Core = new(Options, new Dictionary<string, IMessage>(StringComparer.Ordinal), Now);
    }

    /// <summary>Of the core.</summary>
    public JobsOptions Options { get; }

    /// <summary>The core.</summary>
    public JobsCore Core { get; }

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; private set; } = A.Start;

    /// <summary>How long tasks run.</summary>
    public TimeSpan TaskTime { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Calls that get lost on their way to the master.</summary>
    public Predicate<JobsEffect> IsLost { get; set; } = _ => false;

    /// <summary>Whether what must always hold is checked after every step.</summary>
    public bool Checks { get; set; } = true;

    /// <summary>Every task launched, with the time of its accept.</summary>
    public List<(TaskInfo Task, DateTimeOffset At)> Launched { get; } = [];

    /// <summary>What was asked of the master, in order, with its time.</summary>
    public List<(JobsEffect Effect, DateTimeOffset At)> Calls { get; } = [];

    /// <summary>Offers the core holds, as the master sees it.</summary>
    public int Outstanding => _offers.Count;

    /// <summary>Everything that may be launched is, by name of job, soonest first.</summary>
    public IEnumerable<string> LaunchedJobs => Launched.Select(launch => launch.Task.TaskId.Value.Split(':')[3]);

    /// <summary>Adds an agent.</summary>
    public PoolAgent Add(Offer resources)
    {
        var agent = new PoolAgent(resources);
        _agents.Add(agent);
        Plan();
        return agent;
    }

    /// <summary>Subscribes.</summary>
    public void Subscribe()
    {
        (_isSubscribed, _isWanted) = (true, true);
        Step(new JobsInput.Subscribed(new("framework"), "master", Again: false));
        while (_untold.TryDequeue(out var update))
        {
            Step(update);
        }

        Plan();
    }

    /// <summary>The subscription is lost, and its offers with it.</summary>
    public void Disconnect()
    {
        _isSubscribed = false;
        Step(new JobsInput.Disconnected());
        foreach (var id in _offers.Keys.ToList())
        {
            Return(id);
        }
    }

    /// <summary>Makes a job.</summary>
    public void Put(JobSpec job) => Request(new JobsCommand.Put(A.Draft(job), Strict: false));

    /// <summary>Starts a run by hand.</summary>
    public void Start(string job) => Request(new JobsCommand.Start(new(job), null, [], null));

    /// <summary>The master takes an offer back.</summary>
    public void Rescind(int which)
    {
        if (_offers.Count > 0)
        {
            var id = _offers.Keys.Order(StringComparer.Ordinal).ElementAt(which % _offers.Count);
            Return(id);
            Step(new JobsInput.Rescinded(new(id)));
        }
    }

    /// <summary>Time passes; whatever is due by then happens at its time.</summary>
    public void Pass(TimeSpan time)
    {
        var end = Now + time;
        for (var idle = 0; ;)
        {
            var hasOwn = _later.TryPeek(out _, out var first) && first.At <= end;
            var next = Core.NextDeadline is { } deadline && deadline <= end ? deadline : (DateTimeOffset?)null;
            if (!hasOwn && next is null)
            {
                break;
            }

            var at = hasOwn && !(next < first.At) ? first.At : next!.Value;
            idle = at > Now ? 0 : idle + 1;
            Assert.True(idle < 20_000, $"Time stands still at {Now:O}.");
            Now = at > Now ? at : Now;
            if (hasOwn && !(next < first.At))
            {
                _later.Dequeue()();
            }
            else
            {
                Step(new JobsInput.Tick());
            }
        }

        Now = end;
    }

    /// <summary>One input.</summary>
    public void Step(JobsInput input)
    {
        var effects = new List<JobsEffect>();
        Core.Step(input, Now, effects);
        if (Checks)
        {
            Core.CheckInvariants();
        }

        foreach (var effect in effects)
        {
            Do(effect);
        }
    }

    private void Request(JobsCommand command)
    {
        var effects = new List<JobsEffect>();
        Core.Step(new JobsInput.Request(new(++_numbers), command), Now, effects);
        Assert.Contains(effects, effect => effect is JobsEffect.Reply { Outcome: not CommandOutcome.Refused });
        effects.ForEach(Do);
    }

    private void Do(JobsEffect effect)
    {
        if (effect is JobsEffect.Accept or JobsEffect.Decline or JobsEffect.Revive or JobsEffect.Suppress)
        {
            Calls.Add((effect, Now));
            if (effect is JobsEffect.Accept accept)
            {
                Accept(accept);
            }
            else if (!IsLost(effect))
            {
                After(Transfer, () => Hear(effect));
            }
        }
    }

    private void Hear(JobsEffect effect)
    {
        switch (effect)
        {
            case JobsEffect.Decline decline:
                foreach (var offer in decline.Offers.Where(offer => _offers.ContainsKey(offer.Value)))
                {
                    _offers[offer.Value].Agent.NotBefore = Now + decline.Refuse;
                    Return(offer.Value);
                }

                break;
            case JobsEffect.Revive:
                _isWanted = true;
                _agents.ForEach(agent => agent.NotBefore = agent.PausedUntil);
                Plan();
                break;
            case JobsEffect.Suppress:
                _isWanted = false;
                break;
        }
    }

    private void Accept(JobsEffect.Accept accept)
    {
        Assert.True(_offers.TryGetValue(accept.Offer.Value, out var found), $"offer {accept.Offer} is used and void");
        var (agent, offer) = found;
        var tasks = accept.Operations.SelectMany(operation => operation.Launch.TaskInfos).ToList();
        Assert.NotEmpty(tasks);
        CheckTaken(offer, tasks);
        foreach (var task in tasks)
        {
            Assert.Equal(agent.Id, task.AgentId.Value);
            Launched.Add((task, Now));
            agent.Use(task.Resources);
            var id = task.TaskId.Value;
            After(Transfer, () => Tell(id, agent, TaskState.TaskRunning));
            After(Transfer + TaskTime, () => End(id, agent, task));
        }

        agent.PausedUntil = Now + ReofferPause;
        agent.NotBefore = Now + (accept.Refuse > ReofferPause ? accept.Refuse : ReofferPause);
        Return(accept.Offer.Value);
    }

    // Nothing that was not offered; and what is reserved before what everybody may use.
    private static void CheckTaken(Offer offer, List<TaskInfo> tasks)
    {
        foreach (var name in new[] { "cpus", "mem", "disk" })
        {
            var reserved = (Has: Sum(offer.Resources, name, isReserved: true), Takes: Sum(tasks.SelectMany(task => task.Resources), name, isReserved: true));
            var free = (Has: Sum(offer.Resources, name, isReserved: false), Takes: Sum(tasks.SelectMany(task => task.Resources), name, isReserved: false));
            Assert.InRange(reserved.Takes, 0, reserved.Has);
            Assert.InRange(free.Takes, 0, free.Has);
            Assert.True(free.Takes == 0 || reserved.Takes == reserved.Has, $"{name}: {free.Takes} of what everybody may use is taken, and {reserved.Has - reserved.Takes} reserved is left");
        }
    }

    private static long Sum(IEnumerable<Resource> resources, string name, bool isReserved) =>
        resources.Where(resource => resource.Name == name && resource.Reservations.Count > 0 == isReserved).Sum(resource => Thousandths.FromDouble(resource.Scalar.Value));

    private void End(string id, PoolAgent agent, TaskInfo task)
    {
        agent.Free(task.Resources);
        agent.NotBefore = agent.PausedUntil;
        Tell(id, agent, TaskState.TaskFinished);
        Plan();
    }

    private void Tell(string id, PoolAgent agent, TaskState state)
    {
        var update = new JobsInput.Updated(An.Status(id, state, host: agent.Hostname));
        if (_isSubscribed)
        {
            Step(update);
        }
        else
        {
            _untold.Enqueue(update);
        }
    }

    private void Return(string offer)
    {
        if (_offers.Remove(offer, out var found))
        {
            found.Agent.IsOffered = false;
            Plan();
        }
    }

    private void Plan()
    {
        if (!_isPlanned)
        {
            _isPlanned = true;
            After(AllocationDelay, Allocate);
        }
    }

    private void Allocate()
    {
        _isPlanned = false;
        if (!_isSubscribed || !_isWanted)
        {
            return;
        }

        var offers = new List<Offer>();
        var again = DateTimeOffset.MaxValue;
        foreach (var agent in _agents.Where(agent => !agent.IsOffered && agent.HasRoom))
        {
            if (agent.NotBefore > Now)
            {
                again = agent.NotBefore < again ? agent.NotBefore : again;
                continue;
            }

            var offer = agent.Offer($"o{++_numbers}");
            agent.IsOffered = true;
            _offers[offer.Id.Value] = (agent, offer);
            offers.Add(offer);
        }

        if (again < _againAt || _againAt <= Now)
        {
            _againAt = again;
            if (again < DateTimeOffset.MaxValue)
            {
                After(again - Now, Plan);
            }
        }

        if (offers.Count > 0)
        {
            After(Transfer, () => Step(new JobsInput.Offered([.. offers.Where(offer => _offers.ContainsKey(offer.Id.Value))])));
        }
    }

    private void After(TimeSpan time, Action what) => _later.Enqueue(what, (Now + time, ++_numbers));
}
