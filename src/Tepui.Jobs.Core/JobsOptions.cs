namespace Tepui.Jobs.Core;

/// <summary>Fixed for the life of a core. Defaults are those of the flags of the same names.</summary>
public sealed record JobsOptions
{
    /// <summary>Role of all tasks.</summary>
    public string MesosRole { get; init; } = "*";

    /// <summary>Unix user of tasks that name none; <see langword="null"/>: the framework's.</summary>
    public string? User { get; init; }

    /// <summary>Cores of tasks that name none, thousandths.</summary>
    public long TaskCpu { get; init; } = 100;

    /// <summary>Memory of tasks that name none, thousandths of a MB.</summary>
    public long TaskMem { get; init; } = 128_000;

    /// <summary>Disk of tasks that name none, thousandths of a MB.</summary>
    public long TaskDisk { get; init; } = 256_000;

    /// <summary>Wait before a retry of jobs that do not say.</summary>
    public TimeSpan FailureRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Failures in a row after which a job is disabled; 0: never.</summary>
    public int DisableAfterFailures { get; init; }

    /// <summary>How late runs of jobs that do not say may start.</summary>
    public TimeSpan TaskEpsilon { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Ended runs kept per job; fewer where that would be more than <see cref="RunsKeptInAll"/>.</summary>
    public int RunsKept { get; init; } = 25;

    /// <summary>Ended runs kept of all jobs, about; every job keeps one at least.</summary>
    public int RunsKeptInAll { get; init; } = 500_000;

    /// <summary>Ended runs kept per job while there are so many jobs.</summary>
    public int RunsKeptOf(int jobs) => Math.Clamp(RunsKeptInAll / Math.Max(1, jobs), Math.Min(1, RunsKept), RunsKept);

    /// <summary>Most runs of a job with catchUp all, or of a backfill, that wait at one time.</summary>
    public int WaitingRunsMax { get; init; } = 100;

    /// <summary>Most runs of a job started by hand that wait at one time; a further one is refused.</summary>
    public int ManualRunsMax { get; init; } = 500;

    /// <summary>An attempt on an agent that stays cut off for longer is taken for lost.</summary>
    public TimeSpan UnreachableTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>A launch nothing is heard of for so long is asked about, and again after this time.</summary>
    public TimeSpan LaunchConfirmInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A kill not confirmed is sent again after this time.</summary>
    public TimeSpan KillRetryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two questions to the master about all tasks; it is also asked after every subscription.</summary>
    public TimeSpan ReconciliationInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an offer of no use is not wanted again.</summary>
    public TimeSpan DeclineOfferDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two revivals; a few may follow each other at once.</summary>
    public TimeSpan MinReviveOffersInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long before runs are due offers are gathered for them.</summary>
    public TimeSpan LookAhead { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Notices of every job are told somewhere; otherwise only those of jobs with a webhook of their own, or with owners if there is mail.</summary>
    public bool HasNoticeChannels { get; init; } = true;

    /// <summary>Owners get mail.</summary>
    public bool HasMail { get; init; } = true;

    /// <summary>Notices are tried for so long.</summary>
    public TimeSpan NoticeRetention { get; init; } = TimeSpan.FromDays(1);
}
