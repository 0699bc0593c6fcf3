using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Views;

/// <summary>Summaries of all jobs and all open runs in order. A change marks what it touched; a view looks at that alone.</summary>
internal sealed class Listing
{
    private readonly OrderedValues<JobName, JobSummary> _jobs = new();
    private readonly OrderedValues<RunId, Run> _open = new();

    /// <summary>A job is new, changed or gone. Called by the job table.</summary>
    public void Touch(JobName job) => _jobs.Mark(job);

    /// <summary>A run is new, changed or gone. Called by the run table.</summary>
    public void Touch(RunId run)
    {
        _open.Mark(run);
        _jobs.Mark(run.Job);
    }

    /// <summary>All jobs by name.</summary>
    public IReadOnlyList<JobSummary> Jobs(JobsState state) => _jobs.View(name => Summarize(state, name));

    /// <summary>Keys that are marked and not yet looked at. For tests.</summary>
    public int MarkedCount => _jobs.MarkedCount + _open.MarkedCount;

    /// <summary>Runs that are not over, by id.</summary>
    public IReadOnlyList<Run> Open(JobsState state) => _open.View(id => OpenRun(state, id));

    /// <summary>Keeps what is marked within bounds. Called at the end of each step.</summary>
    public void Fold(JobsState state)
    {
        _jobs.Fold(name => Summarize(state, name));
        _open.Fold(id => OpenRun(state, id));
    }

    /// <summary>One job.</summary>
    public JobSummary? Find(JobsState state, JobName job) => _jobs.Find(job, name => Summarize(state, name));

    private static Run? OpenRun(JobsState state, RunId id) => state.Runs.Find(id) is { } run && !run.State.IsFinal() ? run : null;

    private static JobSummary? Summarize(JobsState state, JobName name)
    {
        if (!state.Jobs.TryFind(name, out var job))
        {
            return null;
        }

        var (running, queued) = (0, 0);
        foreach (var run in state.Runs.OpenOf(name))
        {
            var isActive = run.State.IsActive();
            running += isActive && !run.IsOrphaned ? 1 : 0;
            queued += isActive || run.IsOrphaned ? 0 : 1;
        }

        Run? last = null;
        foreach (var run in state.Runs.EndedOf(name))
        {
            last = last is null || run.EndedAt >= last.EndedAt ? run : last;
        }

        return new(job, running, queued, last);
    }
}
