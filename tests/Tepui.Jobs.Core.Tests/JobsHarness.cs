using Google.Protobuf;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Jobs.Core.Views;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests;

/// <summary>
/// A core on virtual time with a store and a master that does what it is told: it offers one large host whenever offers are wanted, runs what it is given and tells of it.
/// After every step the invariants are checked, and a core started from the store alone must know the same.
/// </summary>
internal sealed class JobsHarness
{
    private readonly JobsOptions _options;
    private readonly PriorityQueue<Func<JobsInput?>, (DateTimeOffset At, long Number)> _later = new();
    private readonly Dictionary<string, TaskInfo> _alive = new(StringComparer.Ordinal);
    private JobsCore _core;
    private Offer? _offer;
    private DateTimeOffset _refusedUntil = DateTimeOffset.MinValue;
    private bool _wantsOffers;
    private bool _isSubscribed;
    private long _numbers;

    /// <summary>A core without jobs.</summary>
    /// <param name="options">Its options; the defaults if not given.</param>
    /// <param name="isSubscribed">Whether there is a master from the beginning.</param>
    public JobsHarness(JobsOptions? options = null, bool isSubscribed = true)
    {
        _options = options ?? new();
        _core = new(_options, Store, Now);
        if (isSubscribed)
        {
            Subscribe();
        }
    }

    /// <summary>What is durable.</summary>
    public Dictionary<string, IMessage> Store { get; } = new(StringComparer.Ordinal);

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; private set; } = A.Start;

    /// <summary>Everything that was wanted outside, in order, but for what is durable.</summary>
    public List<JobsEffect> Effects { get; } = [];

    /// <summary>Ids of all tasks launched, in order.</summary>
    public List<string> Launched { get; } = [];

    /// <summary>How long a task runs, and how it ends; <see langword="null"/>: until <see cref="End"/>.</summary>
    public Func<TaskInfo, (TimeSpan After, TaskState State)?> Fate { get; set; } = _ => null;

    /// <summary>The one host's offer, made anew each time.</summary>
    public Func<Offer> Host { get; set; } = () => An.Offer();

    /// <summary>Whether after every step a core started from the store is compared with this one.</summary>
    public bool ChecksRestart { get; set; } = true;

    /// <summary>The step, counted by <see cref="Steps"/>, after which the process dies: what it changes is written, and nothing of it goes out. Another starts at once.</summary>
    public int? CrashesAt { get; set; }

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Ids of the tasks that live.</summary>
    public IEnumerable<string> Alive => _alive.Keys.Order(StringComparer.Ordinal);

    /// <summary>Notices that went out.</summary>
    public IEnumerable<Notice> Notices => Effects.OfType<JobsEffect.Notify>().Select(effect => effect.Notice);

    /// <summary>What was published.</summary>
    public IEnumerable<JobEvent> Events => Effects.OfType<JobsEffect.Publish>().Select(effect => effect.Event);

    /// <summary>The core's state.</summary>
    public JobsState State => _core.State;

    /// <summary>What readers see.</summary>
    public JobsView View => _core.View(Now);

    /// <summary>The core.</summary>
    public JobsCore Core => _core;

    /// <summary>A job that must be there.</summary>
    public Job Job(string name) => State.Jobs.TryFind(new(name), out var job) ? job : throw new InvalidOperationException($"There is no job {name}.");

    /// <summary>Whether there is a job of that name.</summary>
    public bool Has(string name) => State.Jobs.TryFind(new(name), out _);

    /// <summary>Runs of a job, oldest first.</summary>
    public IReadOnlyList<Run> Runs(string job) => State.Runs.Of(new(job));

    /// <summary>One run that must be there.</summary>
    public Run Run(string job, long number) => State.Runs.Find(A.Run(job, number)) ?? throw new InvalidOperationException($"There is no run {job}#{number}.");

    /// <summary>Carries out a command and gives its one answer.</summary>
    public CommandOutcome Request(JobsCommand command)
    {
        var id = new RequestId(++_numbers);
        var before = Effects.Count;
        Step(new JobsInput.Request(id, command));
        return Assert.Single(Effects.Skip(before).OfType<JobsEffect.Reply>(), reply => reply.Request == id).Outcome;
    }

    /// <summary>Carries out a command that must be refused.</summary>
    public CommandOutcome.Refused Refused(JobsCommand command) => Assert.IsType<CommandOutcome.Refused>(Request(command));

    /// <summary>Makes or replaces a job, which must work.</summary>
    public CommandOutcome.Done Put(JobSpec job) => Assert.IsType<CommandOutcome.Done>(Request(new JobsCommand.Put(A.Draft(job), Strict: false)));

    /// <summary>Starts a run by hand, which must work.</summary>
    public RunId Start(string job) => Assert.IsType<CommandOutcome.Started>(Request(new JobsCommand.Start(new(job), null, [], null))).Run;

    /// <summary>Ends the one living task of a job.</summary>
    public void End(string job, TaskState state = TaskState.TaskFinished) =>
        Tell(Assert.Single(Alive, task => task.Split(':')[3] == job), state);

    /// <summary>News of a task come in.</summary>
    public void Tell(string task, TaskState state, TaskStatus.Types.Reason? reason = null)
    {
        if (IsEnd(state))
        {
            _alive.Remove(task);
        }

        Step(new JobsInput.Updated(An.Status(task, state, reason)));
    }

    /// <summary>Runs a job once by hand, to its end.</summary>
    public RunId Complete(string job, TaskState state = TaskState.TaskFinished)
    {
        var run = Start(job);
        End(job, state);
        return run;
    }

    /// <summary>Time passes; whatever is due by then happens at its time.</summary>
    public void Pass(TimeSpan time) => PassUntil(Now + time);

    /// <summary>Time passes up to and with a moment.</summary>
    public void PassUntil(DateTimeOffset end)
    {
        for (var idle = 0; NextMoment() is { } next && next <= end;)
        {
            idle = next > Now ? 0 : idle + 1;
            Assert.True(idle < 10_000, $"Time stands still at {Now:O}.");
            Now = next > Now ? next : Now;
            Step(new JobsInput.Tick());
        }

        Now = end;
        Step(new JobsInput.Tick());
    }

    /// <summary>Time passes, and nothing is done: the process was late.</summary>
    public void JumpTo(DateTimeOffset time) => Now = time;

    /// <summary>Subscribes.</summary>
    public void Subscribe(bool again = false)
    {
        _isSubscribed = true;
        _offer = null;
        _wantsOffers = true;
        _refusedUntil = DateTimeOffset.MinValue;
        Step(new JobsInput.Subscribed(new("framework"), "master", again));
    }

    /// <summary>The master is gone, and with it its offers; what it has to say waits.</summary>
    public void Disconnect()
    {
        _isSubscribed = false;
        _offer = null;
        _wantsOffers = false;
        Step(new JobsInput.Disconnected());
    }

    /// <summary>The process dies, all of it but the store, and another starts; tasks live on.</summary>
    /// <param name="outage">How long there was none.</param>
    public void Restart(TimeSpan outage = default)
    {
        _isSubscribed = false;
        _offer = null;
        Now += outage;
        Crash();
        Subscribe(again: true);
    }

    /// <summary>One input is taken and what it changes is written; then the process dies before anything goes out, and another starts.</summary>
    public void StepAndCrash(JobsInput input)
    {
        var effects = new List<JobsEffect>();
        _core.Step(input, Now, effects);
        Keep(effects);
        Restart();
    }

    /// <summary>One input, and everything that follows from it at once.</summary>
    public void Step(JobsInput input)
    {
        StepOnce(input);
        while (Next() is { } next)
        {
            StepOnce(next);
        }
    }

    private static bool IsEnd(TaskState state) => state is not (TaskState.TaskStaging or TaskState.TaskStarting or TaskState.TaskRunning or TaskState.TaskUnreachable or TaskState.TaskKilling);

    private void StepOnce(JobsInput input)
    {
        var effects = new List<JobsEffect>();
        _core.Step(input, Now, effects);
        _core.CheckInvariants();
        Keep(effects);
        if (ChecksRestart)
        {
            Assert.Equal(StoredState.Of(_core, Now), StoredState.Of(new JobsCore(_options, Store, Now), Now));
        }

        if (++Steps == CrashesAt)
        {
            CrashAndSubscribe();
            return;
        }

        foreach (var effect in effects.Where(effect => effect is not JobsEffect.Persist))
        {
            Effects.Add(effect);
            Do(effect);
        }
    }

    private void CrashAndSubscribe()
    {
        Crash();
        if (_isSubscribed)
        {
            _offer = null;
            _wantsOffers = true;
            _refusedUntil = DateTimeOffset.MinValue;
            StepOnce(new JobsInput.Subscribed(new("framework"), "master", Again: true));
        }
    }

    private void Crash()
    {
        _core = new(_options, Store, Now);
        _core.CheckInvariants();
    }

    private void Keep(List<JobsEffect> effects)
    {
        foreach (var effect in effects.OfType<JobsEffect.Persist>())
        {
            if (effect.Entry is null)
            {
                Store.Remove(effect.Key);
            }
            else
            {
                // As it comes back from a disk, and not the object that the core may still hold.
                Store[effect.Key] = effect.Entry.Descriptor.Parser.ParseFrom(effect.Entry.ToByteString());
            }
        }
    }

    // What the master has to say now.
    private JobsInput? Next()
    {
        while (_isSubscribed && _later.TryPeek(out _, out var first) && first.At <= Now)
        {
            if (_later.Dequeue()() is { } input)
            {
                return input;
            }
        }

        if (!_wantsOffers || _offer is not null || _refusedUntil > Now)
        {
            return null;
        }

        _offer = Host();
        return new JobsInput.Offered([_offer]);
    }

    private DateTimeOffset? NextMoment()
    {
        var next = _core.NextDeadline;
        if (_isSubscribed && _later.TryPeek(out _, out var first) && (next is null || first.At <= next))
        {
            next = first.At;
        }

        return _wantsOffers && _offer is null && _refusedUntil > Now && (next is null || _refusedUntil < next) ? _refusedUntil : next;
    }

    private void Do(JobsEffect effect)
    {
        switch (effect)
        {
            case JobsEffect.Accept accept:
                Assert.Equal(_offer?.Id.Value, accept.Offer.Value);
                _offer = null;
                foreach (var task in accept.Operations.SelectMany(operation => operation.Launch?.TaskInfos ?? []))
                {
                    Launch(task);
                }

                break;
            case JobsEffect.Decline decline when decline.Offers.Any(offer => offer.Value == _offer?.Id.Value):
                _offer = null;
                _refusedUntil = Now + decline.Refuse;
                break;
            case JobsEffect.Revive:
                _wantsOffers = true;
                _refusedUntil = DateTimeOffset.MinValue;
                break;
            case JobsEffect.Suppress:
                _wantsOffers = false;
                break;
            case JobsEffect.Kill kill:
                Kill(kill.Task.Value);
                break;
            case JobsEffect.Reconcile reconcile:
                Reconcile(reconcile);
                break;
            case JobsEffect.Notify notify:
                _later.Enqueue(() => new JobsInput.Notified(notify.Notice.Sequence, [], null), (Now, ++_numbers));
                break;
        }
    }

    private void Launch(TaskInfo task)
    {
        var id = task.TaskId.Value;
        Assert.DoesNotContain(id, Launched);
        Launched.Add(id);
        _alive[id] = task;
        Later(TimeSpan.Zero, () => _alive.ContainsKey(id) ? An.Status(id, TaskState.TaskRunning) : null);
        if (Fate(task) is var (after, state))
        {
            Later(after, () => _alive.Remove(id) ? An.Status(id, state) : null);
        }
    }

    private void Kill(string task)
    {
        var state = _alive.Remove(task) ? TaskState.TaskKilled : TaskState.TaskUnknown;
        Later(TimeSpan.Zero, () => An.Status(task, state));
    }

    private void Reconcile(JobsEffect.Reconcile reconcile)
    {
        foreach (var task in reconcile.Tasks.Count == 0 ? [.. _alive.Keys] : reconcile.Tasks.Select(asked => asked.Task.Value))
        {
            Later(TimeSpan.Zero, () => An.Status(task, _alive.ContainsKey(task) ? TaskState.TaskRunning : TaskState.TaskUnknown, TaskStatus.Types.Reason.Reconciliation));
        }
    }

    private void Later(TimeSpan after, Func<TaskStatus?> status) =>
        _later.Enqueue(() => status() is { } told ? new JobsInput.Updated(told) : null, (Now + after, ++_numbers));
}
