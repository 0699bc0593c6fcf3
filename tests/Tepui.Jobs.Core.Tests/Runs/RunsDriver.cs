using Tepui.Jobs.Core.Commands;
using Google.Protobuf;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Jobs.Core.Tests.Runs;

/// <summary>A core without offers: the test itself launches what may be launched, and is the master. After each step the invariants are checked, and a core from the store alone must know the same.</summary>
internal sealed class RunsDriver
{
    private readonly JobsOptions _options;
    private readonly AgentId _agent = new("agent-host1");

    public RunsDriver(JobsOptions? options = null, bool isSubscribed = true, bool checksRestart = true)
    {
        _options = options ?? new();
        ChecksRestart = checksRestart;
        Core = new(_options, Store, Now);
        if (isSubscribed)
        {
            Subscribe();
        }
    }

    public JobsCore Core { get; private set; }

    public JobsState State => Core.State;

    public Dictionary<string, IMessage> Store { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now { get; set; } = A.Start;

    /// <summary>What was wanted outside, but for what is durable.</summary>
    public List<JobsEffect> Effects { get; } = [];

    public bool ChecksRestart { get; set; }

    public IEnumerable<Notice> Notices => Effects.OfType<JobsEffect.Notify>().Select(effect => effect.Notice);

    public IEnumerable<string> Kills => Effects.OfType<JobsEffect.Kill>().Select(effect => effect.Task.Value);

    public IEnumerable<JobsEffect.Reconcile> Questions => Effects.OfType<JobsEffect.Reconcile>();

    public IReadOnlyList<Run> Of(string job) => State.Runs.Of(new(job));

    public Run Run(string job, long number = 1) => State.Runs.Find(A.Run(job, number)) ?? throw new InvalidOperationException($"There is no run {job}#{number}.");

    public JobProgress Progress(string job) => Job(job).Progress;

    public Job Job(string job) => State.Jobs.TryFind(new(job), out var found) ? found : throw new InvalidOperationException($"There is no job {job}.");

    /// <summary>Makes a job, or replaces one.</summary>
    public void Put(JobSpec spec)
    {
        In(turn =>
        {
            var progress = State.Jobs.TryFind(spec.Name, out var before) ? before.Progress : JobProgress.None;
            State.Jobs.Put(turn, new(spec, Cursor.Begin(progress, spec, Now, spec.EpsilonOr(_options.TaskEpsilon))));
        });
        Tick();
    }

    public void Disable(string job, bool disabled = true)
    {
        In(turn => State.Jobs.Put(turn, new(Job(job).Spec with { Disabled = disabled }, disabled ? Progress(job) : Cursor.Resume(Progress(job), Job(job).Spec, Now))));
        Tick();
    }

    public void Remove(string job)
    {
        In(turn =>
        {
            var removed = Job(job);
            RunKills.Orphan(turn, removed);
            State.Jobs.Remove(turn, removed.Name);
        });
        Tick();
    }

    public RunId Start(string job, string? arguments = null, string? key = null)
    {
        var run = default(RunId);
        In(turn => run = RunStarts.Manual(turn, Job(job), arguments, [], key));
        Tick();
        return run;
    }

    public void Trigger(string job, params RunId[] parents)
    {
        In(turn => RunStarts.Triggered(turn, Job(job), parents));
        Tick();
    }

    public long Backfill(string job, string from, string to)
    {
        var count = 0L;
        In(turn =>
        {
            if (RunStarts.Range(turn, Job(job), At(from), At(to)) is { } range)
            {
                count = BackfillCommands.Count(Job(job), range);
                RunStarts.Backfill(turn, Job(job), range);
            }
        });
        Tick();
        return count;
    }

    public void Kill(string job, long number = 1, KillWish wish = KillWish.Asked) => In(turn => RunKills.Kill(turn, Run(job, number), wish));

    public void Complete(string job, bool succeeded, long number = 1) => In(turn => RunEnds.Completed(turn, Run(job, number), succeeded, "said so"));

    /// <summary>Launches all that may be launched; gives the tasks.</summary>
    public IReadOnlyList<string> Launch()
    {
        var tasks = new List<string>();
        foreach (var id in State.Admission.Admitted.Order().ToList())
        {
            In(turn => tasks.Add(Core.State.Runs.Find(id) is { } run ? Launches.Begin(turn, run, _agent, "host1").Last!.Task.Value : ""));
        }

        return tasks;
    }

    /// <summary>Launches the one run that may be, and it runs.</summary>
    public string LaunchOne(TaskState? state = TaskState.TaskRunning)
    {
        var task = Assert.Single(Launch());
        if (state is { } told)
        {
            Tell(task, told);
        }

        return task;
    }

    public void Tell(string task, TaskState state, Reason? reason = null) => Step(new JobsInput.Updated(An.Status(task, state, reason)));

    public void Finish(string task) => Tell(task, TaskState.TaskFinished);

    public void Subscribe(string framework = "framework") => Step(new JobsInput.Subscribed(new(framework), "master", Again: true));

    public void Tick() => Step(new JobsInput.Tick());

    /// <summary>Time passes; what is due by then happens at its time.</summary>
    public void Pass(TimeSpan span) => PassUntil(Now + span);

    public void PassUntil(string time) => PassUntil(At(time));

    public void PassUntil(DateTimeOffset end)
    {
        for (var steps = 0; Core.NextDeadline is { } next && next <= end; steps++)
        {
            Assert.True(steps < 100_000, $"Time stands still at {Now:O}");
            Now = next > Now ? next : Now;
            Tick();
        }

        Now = end;
        Tick();
    }

    /// <summary>The process dies, all but the store, and another starts.</summary>
    public void Restart(TimeSpan outage = default, bool isSubscribed = true)
    {
        Now += outage;
        Core = new(_options, Store, Now);
        Core.CheckInvariants();
        if (isSubscribed)
        {
            Subscribe();
        }
    }

    public void Step(JobsInput input)
    {
        var effects = new List<JobsEffect>();
        Core.Step(input, Now, effects);
        Take(effects);
    }

    /// <summary>A part of a step, as a command would do it.</summary>
    public void In(Action<Turn> act)
    {
        var effects = new List<JobsEffect>();
        act(new Turn(State, Now, effects));
        Take(effects, isWhole: false);
        Tick();
    }

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private void Take(List<JobsEffect> effects, bool isWhole = true)
    {
        foreach (var effect in effects)
        {
            if (effect is not JobsEffect.Persist persist)
            {
                Effects.Add(effect);
            }
            else if (persist.Entry is null)
            {
                Store.Remove(persist.Key);
            }
            else
            {
                Store[persist.Key] = persist.Entry.Descriptor.Parser.ParseFrom(persist.Entry.ToByteString());
            }
        }

        if (isWhole)
        {
            Core.CheckInvariants();
        }

        if (isWhole && ChecksRestart)
        {
            Assert.Equal(StoredState.Of(Core, Now), StoredState.Of(new JobsCore(_options, Store, Now), Now));
        }
    }
}
