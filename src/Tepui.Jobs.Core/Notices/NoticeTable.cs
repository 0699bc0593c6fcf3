using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Protocol.Jobs;

namespace Tepui.Jobs.Core.Notices;

/// <summary>What is still to be told: written down with what it tells of, given out after that, forgotten when it was told.</summary>
/// <remarks>Each is with the shell, which answers with <see cref="JobsInput.Notified"/>, or has an alarm for its next try. After a restart all are tried again, but not on channels that have them.</remarks>
internal sealed class NoticeTable
{
    /// <summary>Most that are kept; what comes then is dropped, and said so.</summary>
    public const int CountMax = 10_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, Notice> _notices = [];
    private long _last;

    /// <summary>How many are not told yet.</summary>
    public int Count => _notices.Count;

    /// <summary>All that are not told yet, in no order.</summary>
    public IEnumerable<Notice> All => _notices.Values;

    /// <summary>Something happened that the job's owners want to know.</summary>
    /// <param name="turn">The step, in which what happened is written down too.</param>
    /// <param name="kind">What.</param>
    /// <param name="job">Of which job, as it is afterwards.</param>
    /// <param name="run">Of which run, if it is about one.</param>
    /// <param name="message">Details for people; the shell says what it is and of which job.</param>
    public static void Tell(Turn turn, NoticeKind kind, Job job, Run? run, string message)
    {
        if (IsWanted(turn.State.Options, kind, job))
        {
            turn.State.Notices.Add(turn, kind, job, run, message);
        }
    }

    /// <summary>A notice was told, or not: then it is tried again after a while.</summary>
    public static void Notified(Turn turn, JobsInput.Notified notified)
    {
        var notices = turn.State.Notices._notices;
        if (!notices.TryGetValue(notified.Notice, out var notice))
        {
            return;
        }

        if (notified.Problem is not { } problem)
        {
            notices.Remove(notice.Sequence);
            turn.Persist(StoreKeys.Notice(notice.Sequence), entry: null);
            return;
        }

        var wait = WaitAfter(notice.Tries + 1);
        if (turn.Now + wait - notice.At > turn.State.Options.NoticeRetention)
        {
            notices.Remove(notice.Sequence);
            turn.Persist(StoreKeys.Notice(notice.Sequence), entry: null);
            turn.Publish(new JobEvent.NoticeDropped(notice.Sequence, notice.Job, problem));
            return;
        }

        var tried = notice with { Tries = notice.Tries + 1, Told = [.. notice.Told.Union(notified.Told, StringComparer.Ordinal)] };
        notices[tried.Sequence] = tried;
        turn.Persist(StoreKeys.Notice(tried.Sequence), NoticeEntries.Write(tried));
        TryAt(turn, turn.Now + wait, tried.Sequence);
    }

    /// <summary>Puts what the store held; it is tried again.</summary>
    public void Restore(Turn turn, NoticeEntry entry)
    {
        var notice = NoticeEntries.Read(entry);
        _notices[notice.Sequence] = notice;
        _last = Math.Max(_last, notice.Sequence);
        TryAt(turn, turn.Now, notice.Sequence);
    }

    /// <summary>The wait after so many tries: 10 s, twice as long each time, at most 10 minutes.</summary>
    internal static TimeSpan WaitAfter(int tries) => tries > 6 ? LongestWait : FirstWait * (1 << (tries - 1));

    private static bool IsWanted(JobsOptions options, NoticeKind kind, Job job)
    {
        var on = job.Spec.Notify?.On ?? [];
        var isListed = on.Count == 0 || Word(kind) is not { } word || on.Contains(word, StringComparer.Ordinal);
        return isListed && (options.HasNoticeChannels || (options.HasMail && job.Spec.Owner.Length > 0) || job.Spec.Notify?.Webhook is not null);
    }

    // What a job can choose; the rest is always told.
    private static string? Word(NoticeKind kind) => kind switch
    {
        NoticeKind.Failure => "failure",
        NoticeKind.Recovery => "recovery",
        NoticeKind.Late => "late",
        _ => null,
    };

    private static void TryAt(Turn turn, DateTimeOffset time, long sequence) => turn.State.Deadlines.Set(time, later =>
    {
        if (later.State.Notices._notices.TryGetValue(sequence, out var notice))
        {
            later.Emit(new JobsEffect.Notify(notice));
        }
    });

    private void Add(Turn turn, NoticeKind kind, Job job, Run? run, string message)
    {
        // Grows even over restarts that find nothing to tell: receivers know a notice by it.
        _last = Math.Max(_last + 1, turn.Now.ToUnixTimeMilliseconds());
        if (_notices.Count >= CountMax)
        {
            turn.Publish(new JobEvent.NoticeDropped(_last, job.Name, $"{CountMax} notices wait already"));
            return;
        }

        var notice = new Notice
        {
            Sequence = _last,
            Kind = kind,
            Job = job.Name,
            Run = run?.Id.Number,
            At = turn.Now,
            Message = message,
            Document = NoticeDocument.Write(job),
            Owner = job.Spec.Owner,
            Webhook = job.Spec.Notify?.Webhook,
        };
        _notices.Add(notice.Sequence, notice);
        turn.Persist(StoreKeys.Notice(notice.Sequence), NoticeEntries.Write(notice));
        turn.Emit(new JobsEffect.Notify(notice));
    }
}
