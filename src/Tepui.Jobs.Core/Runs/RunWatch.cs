using Tepui.Jobs.Core.Occurrences;
using Tepui.Model.Time;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Looks at each run that is not over when something is due for it: one alarm per run, for the earliest of its <see cref="RunDeadlines"/>.</summary>
internal sealed class RunWatch
{
    private readonly Dictionary<RunId, Alarm<Turn>> _alarms = [];

    // When the master was last asked about a launch, or sent a kill.
    private readonly Dictionary<RunId, DateTimeOffset> _sent = [];

    // Under way, and not heard of since the master was asked about all.
    private readonly HashSet<RunId> _unanswered = [];

    /// <summary>Since when there is a subscription; <see langword="null"/>: there is none.</summary>
    public DateTimeOffset? SubscribedAt { get; private set; }

    /// <summary>Number of the subscription.</summary>
    public int Session { get; private set; }

    /// <summary>Runs that are remembered, for checks.</summary>
    public IEnumerable<RunId> Runs => _alarms.Keys.Concat(_sent.Keys).Concat(_unanswered);

    /// <summary>Runs the master was asked about and has said nothing of.</summary>
    public IReadOnlyCollection<RunId> Unanswered => _unanswered;

    /// <summary>Follows a run that is new or changed.</summary>
    public void Follow(Turn turn, Run run)
    {
        if (run.State.IsFinal())
        {
            Forget(run.Id);
            return;
        }

        if (!IsAnswerDue(run))
        {
            _sent.Remove(run.Id);
        }

        if (run.State is RunState.Waiting or RunState.Completing)
        {
            _unanswered.Remove(run.Id);
        }

        SetAlarm(turn, run);
    }

    /// <summary>Subscribed.</summary>
    public void Subscribed(DateTimeOffset now)
    {
        SubscribedAt = now;
        Session++;
    }

    /// <summary>Not subscribed any more.</summary>
    public void Disconnected()
    {
        SubscribedAt = null;
        _unanswered.Clear();
    }

    /// <summary>The master was asked about a run.</summary>
    public void Asked(RunId run) => _unanswered.Add(run);

    /// <summary>There is news of the present attempt of a run.</summary>
    public void Answered(RunId run) => _unanswered.Remove(run);

    /// <summary>A kill was sent, or the master was asked about the launch.</summary>
    public void Sent(Turn turn, Run run)
    {
        _sent[run.Id] = turn.Now;
        SetAlarm(turn, run);
    }

    /// <summary>Sets all alarms: at the start, and when the subscription begins or ends.</summary>
    public void FollowAll(Turn turn)
    {
        foreach (var run in turn.State.Runs.Open.OrderBy(run => run.Id).ToList())
        {
            SetAlarm(turn, run);
        }
    }

    /// <summary>Nothing was sent later than now.</summary>
    public void ClockWasSetBack(Turn turn)
    {
        foreach (var (run, _) in _sent.Where(pair => pair.Value > turn.Now).ToList())
        {
            _sent[run] = turn.Now;
        }

        if (SubscribedAt > turn.Now)
        {
            SubscribedAt = turn.Now;
        }
    }

    /// <summary>Ends a run for whose first launch it is too late.</summary>
    /// <returns>Whether it is.</returns>
    public static bool TrySkip(Turn turn, Run run)
    {
        if (!(RunDeadlines.Skip(turn, run) <= turn.Now))
        {
            return false;
        }

        RunEnds.Finish(turn, run, RunState.Skipped, "could not start within epsilon after it was due");
        return true;
    }

    private void Forget(RunId run)
    {
        _sent.Remove(run);
        _unanswered.Remove(run);
        if (_alarms.Remove(run, out var alarm))
        {
            alarm.Cancel();
        }
    }

    // An alarm that is too early does no harm: it looks and is set anew. So most changes of a run leave it as it is.
    private void SetAlarm(Turn turn, Run run)
    {
        var due = Next(turn, run);
        if (_alarms.TryGetValue(run.Id, out var alarm))
        {
            if (due is { } at && alarm.Due <= at)
            {
                return;
            }

            alarm.Cancel();
            _alarms.Remove(run.Id);
        }

        if (due is { } time)
        {
            var id = run.Id;
            _alarms[id] = turn.State.Deadlines.Set(time, later => later.State.Watch.Ring(later, id));
        }
    }

    private DateTimeOffset? Next(Turn turn, Run run)
    {
        var next = Moments.Earlier(RunDeadlines.Retry(turn, run), RunDeadlines.Late(turn, run));
        next = Moments.Earlier(next, RunDeadlines.Skip(turn, run));
        next = Moments.Earlier(next, RunDeadlines.Timeout(turn, run));
        next = Moments.Earlier(next, RunDeadlines.GiveUp(turn, run));
        return Moments.Earlier(next, Again(turn, run));
    }

    // When the kill is sent again, or the question about the launch.
    private DateTimeOffset? Again(Turn turn, Run run)
    {
        if (SubscribedAt is null || !IsAnswerDue(run))
        {
            return null;
        }

        var wait = run.Kill != KillWish.None ? turn.State.Options.KillRetryTimeout : turn.State.Options.LaunchConfirmInterval;
        return _sent.GetValueOrDefault(run.Id, run.Since).After(wait);
    }

    private static bool IsAnswerDue(Run run) => run.State == RunState.Launching || (run.Kill != KillWish.None && run.State.IsActive() && run.State != RunState.Completing);

    private void Ring(Turn turn, RunId id)
    {
        _alarms.Remove(id);
        if (turn.State.Runs.Find(id) is not { } run || run.State.IsFinal())
        {
            return;
        }

        Act(turn, run);
        if (turn.State.Runs.Find(id) is { } after && !after.State.IsFinal())
        {
            SetAlarm(turn, after);
        }
    }

    private void Act(Turn turn, Run run)
    {
        if (TrySkip(turn, run))
        {
            return;
        }

        if (RunDeadlines.Late(turn, run) <= turn.Now)
        {
            run = Lateness.Mark(turn, run);
        }

        if (RunDeadlines.GiveUp(turn, run) <= turn.Now)
        {
            RunEnds.AttemptEnded(turn, run, new() { State = TaskState.TaskLost, Message = "its agent stayed cut off for too long" });
        }
        else if (RunDeadlines.Timeout(turn, run) <= turn.Now)
        {
            RunKills.Kill(turn, run, KillWish.TimedOut);
        }
        else if (Again(turn, run) <= turn.Now)
        {
            RunKills.Repeat(turn, run);
        }
        else if (run.State == RunState.Waiting)
        {
            turn.State.Admission.Touch(run.Id.Job);
        }
    }
}
