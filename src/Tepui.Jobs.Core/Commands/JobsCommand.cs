using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Commands;

/// <summary>What a client wants changed. Cases are nested, so the list below is the whole list.</summary>
public abstract record JobsCommand
{
    private JobsCommand()
    {
    }

    /// <summary>Makes a job or replaces one, keeping its counters.</summary>
    /// <param name="Draft">The document, read.</param>
    /// <param name="Strict">Refuse parents that do not exist, where Chronos waits for them.</param>
    /// <param name="KeepsSchedule">A schedule written as before goes on; otherwise it begins anew.</param>
    /// <param name="IsDryRun">Changes nothing: tells what the job is and what it would be. Other jobs are not looked at, as they may be put too.</param>
    public sealed record Put(JobDraft Draft, bool Strict, bool KeepsSchedule = false, bool IsDryRun = false) : JobsCommand;

    /// <summary>Removes a job; its running tasks are killed, its children get its parents or its schedule.</summary>
    /// <param name="Job">Which.</param>
    /// <param name="Strict">Refuse when it has children.</param>
    public sealed record Remove(JobName Job, bool Strict) : JobsCommand;

    /// <summary>Removes all jobs.</summary>
    public sealed record RemoveAll : JobsCommand;

    /// <summary>Disables a job, or enables it: missed occurrences are not made up for.</summary>
    public sealed record SetDisabled(JobName Job, bool Disabled) : JobsCommand;

    /// <summary>Runs a job now, whatever its schedule.</summary>
    /// <param name="Job">Which.</param>
    /// <param name="Arguments">In place of the job's.</param>
    /// <param name="Environment">Beside the job's.</param>
    /// <param name="Key">The same key again is the same run.</param>
    public sealed record Start(JobName Job, string? Arguments, IReadOnlyList<EnvironmentVariable> Environment, string? Key) : JobsCommand;

    /// <summary>Counts a success of a job as if a run had ended well; triggers its children.</summary>
    public sealed record MarkSuccess(JobName Job) : JobsCommand;

    /// <summary>Ends all tasks of a job.</summary>
    public sealed record KillAll(JobName Job) : JobsCommand;

    /// <summary>Ends one run.</summary>
    public sealed record Kill(RunId Run) : JobsCommand;

    /// <summary>Runs the times of a range again, both ends included, one after the other.</summary>
    /// <param name="Job">Which.</param>
    /// <param name="From">First time that may be meant.</param>
    /// <param name="To">Last time that may be meant; times to come are left to the schedule.</param>
    /// <param name="IsDry">Only tell which times the range has.</param>
    public sealed record Backfill(JobName Job, DateTimeOffset From, DateTimeOffset To, bool IsDry = false) : JobsCommand;

    /// <summary>A task has processed more elements.</summary>
    public sealed record Progress(JobName Job, TaskId Task, long Additional) : JobsCommand;

    /// <summary>Somebody says how an async run ended; 0 is success.</summary>
    public sealed record Complete(TaskId Task, int Status) : JobsCommand;

    /// <summary>Forgets the runs that are over.</summary>
    public sealed record PurgeHistory : JobsCommand;
}
