using System.Globalization;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Commands;

/// <summary>Refusals that several commands give, and how they name things.</summary>
internal static class Refusals
{
    private const int NamesShown = 10;

    /// <summary>No such job.</summary>
    public static CommandOutcome.Refused NoJob(JobName job) => new(RefusalKind.Unknown, $"Job '{job}' not found");

    /// <summary>No such run.</summary>
    public static CommandOutcome.Refused NoRun(RunId run) => new(RefusalKind.Unknown, $"Job '{run.Job}' has no run {run.Number}, or it is not kept any more");

    /// <summary>No such task.</summary>
    public static CommandOutcome.Refused NoTask(TaskId task) => new(RefusalKind.Unknown, $"Task '{task}' not found: no kept run has it");

    /// <summary>Things are wrong with a document.</summary>
    public static CommandOutcome.Refused Invalid(IReadOnlyList<Problem> problems, RefusalKind kind = RefusalKind.BadRequest) => new(kind, string.Join("; ", problems), problems);

    /// <summary>One thing is wrong.</summary>
    public static CommandOutcome.Refused Invalid(string path, string message, RefusalKind kind = RefusalKind.BadRequest) => Invalid([new(path, message)], kind);

    /// <summary>Names for people; of many the first.</summary>
    public static string Names(IReadOnlyCollection<JobName> names)
    {
        var shown = string.Join(", ", names.Take(NamesShown).Select(name => $"'{name}'"));
        return names.Count <= NamesShown ? shown : $"{shown} and {names.Count - NamesShown} more";
    }

    /// <summary>A time for people.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
