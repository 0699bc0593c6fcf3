using Tepui.Web.Jobs;

namespace Tepui.Web.Pages.JobEdit;

/// <summary>What would come of a schedule that is being typed.</summary>
public sealed record SchedulePreview
{
    /// <summary>The next times, each with the offset of the schedule's zone.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; init; } = [];

    /// <summary>The zone.</summary>
    public string Zone { get; init; } = "";

    /// <summary>The text that was typed, for problems that point into it.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<JobProblem> Problems { get; init; } = [];

    /// <summary>In words, instead of times: what a job without a schedule waits for, or why nothing can be told.</summary>
    public string Words { get; init; } = "";
}
