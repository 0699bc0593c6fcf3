using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Commands;

/// <summary>How a command ended. Cases are nested, so the list below is the whole list.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Warning">What its author should know, if anything.</param>
    public sealed record Done(string? Warning = null) : CommandOutcome;

    /// <summary>A run was made, or found by its key.</summary>
    /// <param name="Run">Which.</param>
    /// <param name="Warning">What its author should know, if anything.</param>
    public sealed record Started(RunId Run, string? Warning = null) : CommandOutcome;

    /// <summary>Nothing was changed: this is what would be.</summary>
    /// <param name="Before">The job; <see langword="null"/> if there is none yet.</param>
    /// <param name="After">What it would be.</param>
    public sealed record Planned(JobSpec? Before, JobSpec After) : CommandOutcome;

    /// <summary>Runs were made or will be; would be, if that was all that was asked.</summary>
    /// <param name="Runs">How many.</param>
    /// <param name="First">Due time of the first.</param>
    /// <param name="Last">Due time of the last.</param>
    public sealed record Counted(long Runs, DateTimeOffset First, DateTimeOffset Last) : CommandOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Kind">Why, by class.</param>
    /// <param name="Message">For people.</param>
    /// <param name="Problems">All problems of a document.</param>
    public sealed record Refused(RefusalKind Kind, string Message, IReadOnlyList<Problem> Problems) : CommandOutcome
    {
        /// <summary>A refusal without list.</summary>
        public Refused(RefusalKind kind, string message)
            : this(kind, message, [])
        {
        }
    }
}

/// <summary>Classes of refusals.</summary>
public enum RefusalKind
{
    /// <summary>The request is wrong: 400.</summary>
    BadRequest,

    /// <summary>There is no such job, run or task: 400, as Chronos answers.</summary>
    Unknown,

    /// <summary>Not in the present state: 409.</summary>
    Conflict,

    /// <summary>Chronos answers 500: a new dependent job without parents.</summary>
    NoParents,
}
