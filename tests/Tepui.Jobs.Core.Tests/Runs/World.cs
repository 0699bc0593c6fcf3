using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Jobs.Core.Tests.Runs;

/// <summary>Jobs under anything that can happen: a master that remembers tasks until their end is acknowledged, a process that dies at any moment, clocks that jump, agents that are cut off.</summary>
internal sealed class World
{
    private readonly Random _random;
    private readonly Dictionary<string, Task> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<RunId, Run> _history = [];
    private readonly Dictionary<string, RunId> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<JobName, DateTimeOffset> _begun = [];
    private readonly Queue<TaskStatus> _inbox = new();

    // Launches that are on their way to the master for long.
    private readonly List<string> _delayed = [];
    private int _seen;
    private bool _isSubscribed = true;
    private bool _mayOverlap;

    public World(int seed)
    {
        _random = new(seed);
        Driver = new(new() { WaitingRunsMax = 5, RunsKept = 4 });
        for (var i = 0; i < 3; i++)
        {
            var spec = RandomJob($"job{i}");
            Driver.Put(spec);
            _begun[spec.Name] = Driver.Of(spec.Name.Value) is [var first, ..] ? first.Cause.FirstDue : Driver.Progress(spec.Name.Value).NextDue!.Value;
        }

        Look();
    }

    public RunsDriver Driver { get; }

    /// <summary>Something happens.</summary>
    public void Act()
    {
        switch (_random.Next(100))
        {
            case < 30:
                Driver.Pass(TimeSpan.FromSeconds(Math.Pow(10, _random.NextDouble() * 3.6)));
                break;
            case < 60:
                Launch();
                break;
            case < 75:
                End();
                break;
            case < 78:
                CutOff();
                break;
            case < 80:
                Arrive();
                break;
            case < 82:
                Driver.Restart(TimeSpan.FromMinutes(_random.Next(0, 200)), isSubscribed: false);
                _isSubscribed = false;
                _inbox.Clear();
                break;
            case < 84:
                Driver.Step(new JobsInput.Disconnected());
                _isSubscribed = false;
                _inbox.Clear();
                break;
            case < 86:
                Driver.Now += TimeSpan.FromMinutes(_random.Next(-180, 180));
                Driver.Tick();
                break;
            case < 88:
                Driver.Start($"job{_random.Next(3)}");
                break;
            case < 90 when Driver.State.Runs.Open.OrderBy(run => run.Id).ToList() is { Count: > 0 } open:
                var victim = open[_random.Next(open.Count)].Id;
                Driver.Kill(victim.Job.Value, victim.Number);
                break;
            default:
                Subscribe();
                break;
        }

        Look();
        if (_random.Next(3) > 0)
        {
            Deliver();
        }

        CheckOverlap();
    }

    /// <summary>All is well again: everything due runs, and ends.</summary>
    public void Heal()
    {
        foreach (var task in _tasks.Values)
        {
            task.IsCutOff = false;
        }

        for (var round = 0; !IsQuiet(); round++)
        {
            Arrive();
            Assert.True(round < 3000, "What is due does not come to an end: " + string.Join(", ", Driver.State.Runs.Open.Select(run => $"{run.Id} {run.State}")));
            Subscribe();
            Driver.Pass(TimeSpan.FromSeconds(20));
            Launch(isSafe: true);
            foreach (var task in _tasks.Values.Where(task => task.IsAlive).ToList())
            {
                End(task, TaskState.TaskFinished);
            }

            Look();
            Deliver();
        }
    }

    /// <summary>Every time of every schedule has one run or was skipped, none has two; nothing was launched more often than allowed.</summary>
    public void CheckPromise()
    {
        foreach (var (name, begun) in _begun)
        {
            var job = Driver.Job(name.Value);
            var runs = _history.Values.Where(run => run.Id.Job == name && run.Cause.Kind == RunCauseKind.Schedule).OrderBy(run => run.Id).ToList();
            var times = job.Spec.Schedule!.Times;
            foreach (var (run, next) in runs.Zip(runs.Skip(1)))
            {
                Assert.True(run.Cause.Due < next.Cause.FirstDue, $"{run.Id} and {next.Id} stand for one time");
            }

            Assert.All(runs, run => Assert.Equal(times.CountBetween(run.Cause.FirstDue, run.Cause.Due, long.MaxValue), run.Cause.Covers));
            var skipped = job.Progress.SkippedCount - runs.Where(run => run.State == RunState.Skipped).Sum(run => run.Cause.Covers);
            var due = job.Progress.LastDue is { } last ? times.CountBetween(begun, last, long.MaxValue) : 0;
            Assert.Equal(due, runs.Sum(run => run.Cause.Covers) + skipped);
            Assert.True(skipped == 0 || job.Spec.CatchUp == CatchUp.None);
            Assert.True(job.Spec.CatchUp is not (CatchUp.All or CatchUp.None) || runs.TrueForAll(run => run.Cause.Covers == 1));
        }

        foreach (var run in _history.Values)
        {
            CheckLaunches(run, Driver.Job(run.Id.Job.Value).Spec);
        }
    }

    private static JobSpec AnyJob(string name, string schedule) => A.Job(name, schedule);

    private JobSpec RandomJob(string name)
    {
        var catchUp = (CatchUp)_random.Next(3);
        var count = catchUp == CatchUp.None || _random.Next(2) == 0 ? "" : "40";
        string[] periods = ["PT7M", "PT1H", "P1D", "PT90S"];
        return AnyJob(name, $"R{count}/2031-01-01T00:{_random.Next(60):00}:00Z/{periods[_random.Next(periods.Length)]}") with
        {
            CatchUp = catchUp,
            Concurrency = (Concurrency)_random.Next(3),
            Delivery = (Delivery)_random.Next(2),
            Retries = _random.Next(3),
            Epsilon = TimeSpan.FromSeconds(_random.Next(0, 600)),
            MaxCompletionTime = _random.Next(3) == 0 ? TimeSpan.FromMinutes(30) : TimeSpan.Zero,
        };
    }

    private void Launch(bool isSafe = false)
    {
        foreach (var id in Driver.State.Admission.Admitted.Order().ToList())
        {
            if (!isSafe && _random.Next(5) == 0)
            {
                continue;
            }

            Attempt? attempt = null;
            Driver.In(turn => attempt = Driver.State.Runs.Find(id) is { State: RunState.Waiting } run && Driver.State.Admission.Admitted.Contains(id) ? Launches.Begin(turn, run, new("agent-host1"), "host1").Last : null);
            if (attempt is null)
            {
                continue;
            }

            _owners[attempt.Task.Value] = id;
            switch (isSafe ? 99 : _random.Next(12))
            {
                case 0:
                    // Written down and never sent.
                    Driver.Restart(TimeSpan.FromSeconds(_random.Next(100)), isSubscribed: false);
                    _isSubscribed = false;
                    _inbox.Clear();
                    return;
                case 1:
                    // Sent; the process dies before it hears of it.
                    Begin(attempt.Task.Value);
                    Driver.Restart(isSubscribed: false);
                    _isSubscribed = false;
                    _inbox.Clear();
                    return;
                case 2 when _isSubscribed:
                    Tell(new() { TaskId = attempt.Task.ToWire(), State = TaskState.TaskDropped });
                    break;
                case 3:
                    _delayed.Add(attempt.Task.Value);
                    _mayOverlap = true;
                    Driver.Step(new JobsInput.AcceptFailed([attempt.Task], "no answer"));
                    break;
                default:
                    if (_isSubscribed)
                    {
                        Begin(attempt.Task.Value);
                    }

                    break;
            }
        }
    }

    // What was on its way arrives, some of it.
    private void Arrive()
    {
        foreach (var id in _delayed.Where(_ => _random.Next(2) == 0).ToList())
        {
            Begin(id);
            _delayed.Remove(id);
        }
    }

    private void Begin(string id)
    {
        Assert.True(_tasks.TryAdd(id, new(id)), $"task {id} is launched twice");
        Tell(_tasks[id].Status());
    }

    private void End()
    {
        if (_tasks.Values.Where(task => task.IsAlive).ToList() is { Count: > 0 } alive)
        {
            TaskState[] ends = [TaskState.TaskFinished, TaskState.TaskFinished, TaskState.TaskFailed, TaskState.TaskFailed, TaskState.TaskLost, TaskState.TaskKilled];
            End(alive[_random.Next(alive.Count)], ends[_random.Next(ends.Length)]);
        }
    }

    private void End(Task task, TaskState state)
    {
        task.State = state;
        if (!task.IsCutOff)
        {
            Tell(task.Status());
        }
    }

    private void CutOff()
    {
        if (_tasks.Values.Where(task => !task.IsAcknowledged).ToList() is { Count: > 0 } known)
        {
            var task = known[_random.Next(known.Count)];
            task.IsCutOff = !task.IsCutOff;
            _mayOverlap = true;
            Tell(task.Status());
        }
    }

    private void Subscribe()
    {
        if (_isSubscribed)
        {
            return;
        }

        _isSubscribed = true;
        Driver.Subscribe();
        foreach (var task in _tasks.Values.Where(task => !task.IsAlive && !task.IsAcknowledged && !task.IsCutOff))
        {
            Tell(task.Status());
        }
    }

    private void Tell(TaskStatus status)
    {
        if (_isSubscribed)
        {
            _inbox.Enqueue(status);
        }
    }

    private void Deliver()
    {
        while (_inbox.TryDequeue(out var status))
        {
            Driver.Step(new JobsInput.Updated(status));
            Look();
        }
    }

    // What the core wanted of the master, and what became of runs.
    private void Look()
    {
        for (; _seen < Driver.Effects.Count; _seen++)
        {
            switch (Driver.Effects[_seen])
            {
                case JobsEffect.Publish { Event: JobEvent.RunChanged changed }:
                    _history[changed.Run.Id] = changed.Run;
                    break;
                case JobsEffect.Acknowledge acknowledged when _tasks.TryGetValue(acknowledged.Status.TaskId.Value, out var task):
                    task.IsAcknowledged = true;
                    break;
                case JobsEffect.Reconcile question:
                    foreach (var asked in question.Tasks.Count > 0 ? question.Tasks.Select(asked => asked.Task.Value) : [.. _tasks.Values.Where(task => task.IsAlive).Select(task => task.Id)])
                    {
                        Answer(asked);
                    }

                    break;
                case JobsEffect.Kill kill:
                    if (_tasks.TryGetValue(kill.Task.Value, out var killed) && killed.IsAlive && !killed.IsCutOff)
                    {
                        End(killed, TaskState.TaskKilled);
                    }
                    else
                    {
                        Answer(kill.Task.Value);
                    }

                    break;
            }
        }
    }

    private void Answer(string id)
    {
        var status = _tasks.TryGetValue(id, out var task) && !task.IsAcknowledged ? task.Status() : new TaskStatus { TaskId = new() { Value = id }, State = TaskState.TaskGone };
        status.Reason = Reason.Reconciliation;
        status.ClearUuid();
        Tell(status);
    }

    private void CheckOverlap()
    {
        foreach (var job in _begun.Keys.Where(job => !_mayOverlap && Driver.Job(job.Value).Spec.Concurrency != Concurrency.Allow))
        {
            Assert.True(_tasks.Values.Count(task => task.IsAlive && _owners[task.Id].Job == job) <= 1, $"two tasks of {job} live");
        }
    }

    private void CheckLaunches(Run run, JobSpec job)
    {
        var launched = _tasks.Values.Where(task => _owners[task.Id] == run.Id).ToList();
        Assert.True(run.State.IsFinal(), $"{run.Id} is {run.State}");
        switch (run.State)
        {
            case RunState.Skipped:
                Assert.Empty(launched);
                break;
            case RunState.Succeeded:
                Assert.Contains(launched, task => task.State == TaskState.TaskFinished);
                break;
            case RunState.Failed:
                Assert.NotEmpty(launched);
                break;
            case RunState.Lost:
                Assert.Equal(Delivery.AtMostOnce, job.Delivery);
                break;
        }

        Assert.True(job.Delivery != Delivery.AtMostOnce || launched.Count <= 1, $"{run.Id} was launched {launched.Count} times");
    }

    private bool IsQuiet() => Driver.State.Runs.OpenCount == 0 && Driver.State.Jobs.All.All(job => job.Progress.NextDue is not { } next || next > Driver.Now || job.Spec.Disabled) && _delayed.Count == 0 && !_tasks.Values.Any(task => task.IsAlive);

    private sealed class Task(string id)
    {
        public string Id { get; } = id;

        public TaskState State { get; set; } = TaskState.TaskRunning;

        public bool IsCutOff { get; set; }

        public bool IsAcknowledged { get; set; }

        public bool IsAlive => State == TaskState.TaskRunning;

        public TaskStatus Status()
        {
            var status = An.Status(Id, IsCutOff ? TaskState.TaskUnreachable : State);
            if (!IsCutOff && !IsAlive)
            {
                status.Uuid = Google.Protobuf.ByteString.CopyFromUtf8("x");
            }

            return status;
        }
    }
}
