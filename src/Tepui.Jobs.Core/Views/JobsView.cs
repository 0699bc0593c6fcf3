using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Views;

/// <summary>Everything readers may ask of all jobs, as of one moment. Never changes.</summary>
public sealed record JobsView
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Our id; unset before the first subscription.</summary>
    public required FrameworkId Framework { get; init; }

    /// <summary>The leading master while subscribed.</summary>
    public required string? Master { get; init; }

    /// <summary>All jobs by name.</summary>
    public required IReadOnlyList<JobSummary> Jobs { get; init; }

    /// <summary>Runs that are not over, by id.</summary>
    public required IReadOnlyList<Run> OpenRuns { get; init; }

    /// <summary>Runs that wait for a launch with normal priority.</summary>
    public required int Queue { get; init; }

    /// <summary>Runs that wait for a launch with high priority.</summary>
    public required int HighQueue { get; init; }

    /// <summary>Offers in hand.</summary>
    public required int OffersHeld { get; init; }

    /// <summary>Notices not told yet.</summary>
    public required int NoticesWaiting { get; init; }
}

/// <summary>A job in a list.</summary>
/// <param name="Job">The job.</param>
/// <param name="Running">Runs with a task that may live.</param>
/// <param name="Queued">Runs that wait.</param>
/// <param name="LastRun">The newest run that is over, if any is kept.</param>
public sealed record JobSummary(Job Job, int Running, int Queued, Run? LastRun);

/// <summary>One job with all that is known of it.</summary>
/// <param name="Summary">As in a list.</param>
/// <param name="Runs">All runs that are kept, newest first.</param>
/// <param name="Children">Jobs it triggers, sorted.</param>
/// <param name="MissingParents">Parents that do not exist, sorted.</param>
public sealed record JobDetail(JobSummary Summary, IReadOnlyList<Run> Runs, IReadOnlyList<JobName> Children, IReadOnlyList<JobName> MissingParents);
