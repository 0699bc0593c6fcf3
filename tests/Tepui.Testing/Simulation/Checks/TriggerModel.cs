using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Protocol.Jobs;

namespace Tepui.Testing.Simulation.Checks;

/// <summary>A slow, plain second version of the rule by which parents trigger a job, fed with what lasts.</summary>
internal sealed class TriggerModel(IReadOnlyDictionary<JobName, JobSpec> children)
{
    private readonly Dictionary<string, Dictionary<string, long>> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _triggers = new(StringComparer.Ordinal);

    public void Made(string job)
    {
        if (children.ContainsKey(new(job)))
        {
            _counts.TryAdd(job, new(StringComparer.Ordinal));
        }
    }

    public void Removed(string job) => _counts.Remove(job);

    /// <summary>A run has ended for good.</summary>
    public void Ended(RunEntry run, JobEntry? job)
    {
        var state = (RunState)run.State;
        if (job is null || run.Orphaned || state is not (RunState.Succeeded or RunState.Failed or RunState.Lost))
        {
            return;
        }

        foreach (var (child, counts) in _counts)
        {
            var spec = children[new(child)];
            if (spec.Parents.Contains(new(run.Job)) && Counts(state == RunState.Succeeded, job.SoftError, spec.ParentTriggerOrDefault()))
            {
                counts[run.Job] = counts.GetValueOrDefault(run.Job) + 1;
                if (counts[run.Job] == spec.Parents.Min(parent => counts.GetValueOrDefault(parent.Value)))
                {
                    counts.Clear();
                    _triggers[child] = _triggers.GetValueOrDefault(child) + 1;
                }
            }
        }
    }

    /// <summary>The first child whose runs do not stand for its triggers.</summary>
    public string? Problem(JobsChecker seen) => children.Keys.Where(child => _counts.ContainsKey(child.Value)).Select(child => Problem(child, seen.RunsOf(child).ToList())).FirstOrDefault(static problem => problem is not null);

    private string? Problem(JobName child, List<SeenRun> runs)
    {
        var wanted = _triggers.GetValueOrDefault(child.Value);
        var covered = runs.Where(static run => (RunCauseKind)run.Entry.Cause == RunCauseKind.Parents).Sum(static run => run.Entry.Covers);
        return wanted == covered ? null : $"{child} was triggered {wanted} times by {string.Join(", ", children[child].Parents)}, its runs stand for {covered}: {string.Join("; ", runs)}";
    }

    private static bool Counts(bool succeeded, bool softError, ParentTrigger trigger) => trigger switch
    {
        ParentTrigger.Success => succeeded || softError,
        ParentTrigger.Failure => !succeeded,
        _ => true,
    };
}
