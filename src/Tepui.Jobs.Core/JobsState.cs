using Tepui.Jobs.Core.Graph;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Launching;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Model.Time;

namespace Tepui.Jobs.Core;

/// <summary>The tables of the scheduler, one per feature.</summary>
internal sealed class JobsState(JobsOptions options)
{
    /// <summary>Fixed for the life of the core.</summary>
    public JobsOptions Options { get; } = options;

    /// <summary>Our id; unset before the first subscription.</summary>
    public FrameworkId Framework { get; set; }

    /// <summary>The leading master while subscribed.</summary>
    public string? Master { get; set; }

    /// <summary>All timers but the jobs' schedules.</summary>
    public AlarmQueue<Turn> Deadlines { get; } = new();

    /// <summary>All jobs.</summary>
    public JobTable Jobs { get; } = new();

    /// <summary>Who waits for whom.</summary>
    public JobGraph Graph { get; } = new();

    /// <summary>When schedules are due.</summary>
    public DueJobs Due { get; } = new();

    /// <summary>All runs.</summary>
    public RunTable Runs { get; } = new();

    /// <summary>What happens to runs by themselves.</summary>
    public RunWatch Watch { get; } = new();

    /// <summary>Which runs may be launched.</summary>
    public Admission Admission { get; } = new();

    /// <summary>The clock, as far as it was seen.</summary>
    public ClockGuard Clock { get; } = new();

    /// <summary>Runs that may be launched.</summary>
    public LaunchQueue Queue { get; } = new();

    /// <summary>Offers in hand.</summary>
    public HeldOffers Offers { get; } = new();

    /// <summary>When launches go out.</summary>
    public LaunchPace Pace { get; } = new();

    /// <summary>Runs that will want offers soon.</summary>
    public ComingRuns Coming { get; } = new();

    /// <summary>Agents as their last offers showed them.</summary>
    public SeenAgents Agents { get; } = new();

    /// <summary>Whether offers are wanted.</summary>
    public OfferDemand Demand { get; } = new();

    /// <summary>What readers see of jobs and runs.</summary>
    public Listing Listing { get; } = new();

    /// <summary>What is still to be told.</summary>
    public NoticeTable Notices { get; } = new();

    /// <summary>The job of a run; <see langword="null"/> if that was removed, even if there is another of its name by now.</summary>
    public Job? JobOf(Run run) => !run.IsOrphaned && Jobs.TryFind(run.Id.Job, out var job) ? job : null;
}
