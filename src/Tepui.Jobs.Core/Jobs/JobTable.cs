using System.Diagnostics.CodeAnalysis;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>All jobs by name. The only place where they change: it persists and publishes, and what follows jobs follows here.</summary>
internal sealed class JobTable
{
    private readonly Dictionary<JobName, Job> _jobs = [];

    /// <summary>How many there are.</summary>
    public int Count => _jobs.Count;

    /// <summary>All, in no order.</summary>
    public IReadOnlyCollection<Job> All => _jobs.Values;

    /// <summary>Whether there is one of that name.</summary>
    public bool Contains(JobName name) => _jobs.ContainsKey(name);

    /// <summary>One, if there is one of that name.</summary>
    public bool TryFind(JobName name, [NotNullWhen(true)] out Job? job) => _jobs.TryGetValue(name, out job);

    /// <summary>Adds or replaces a job: spec and progress.</summary>
    public void Put(Turn turn, Job job)
    {
        var before = _jobs.GetValueOrDefault(job.Name);
        Set(turn.State, job, before);
        turn.State.Admission.Touch(job.Name);
        turn.Persist(StoreKeys.Job(job.Name), JobEntries.Write(job.Spec));
        if (before?.Progress != job.Progress)
        {
            turn.Persist(StoreKeys.Progress(job.Name), ProgressEntries.Write(job.Progress));
        }

        turn.Publish(new JobEvent.JobChanged(job, SpecChanged: true));
    }

    /// <summary>Changes what became of a job; its spec is not written again.</summary>
    /// <returns>The changed job.</returns>
    public Job SetProgress(Turn turn, JobName name, Func<JobProgress, JobProgress> change)
    {
        Invariant.Holds(_jobs.TryGetValue(name, out var before), $"job {name} is not there");
        var progress = change(before!.Progress);
        if (ReferenceEquals(progress, before.Progress))
        {
            return before;
        }

        var job = before with { Progress = progress };
        Set(turn.State, job, before);
        turn.Persist(StoreKeys.Progress(name), ProgressEntries.Write(progress));
        turn.Publish(new JobEvent.JobChanged(job, SpecChanged: false));
        return job;
    }

    /// <summary>Takes a job away; it is never due again.</summary>
    public void Remove(Turn turn, JobName name)
    {
        Invariant.Holds(_jobs.Remove(name, out var job), $"job {name} is not there");
        turn.State.Graph.Set(name, job!.Spec.Parents, []);
        turn.State.Due.Forget(name);
        turn.State.Listing.Touch(name);
        turn.Persist(StoreKeys.Job(name), null);
        turn.Persist(StoreKeys.Progress(name), null);
        turn.Publish(new JobEvent.JobRemoved(name));
    }

    /// <summary>Puts what the store held.</summary>
    public void Restore(JobsState state, Job job) => Set(state, job, null);

    private void Set(JobsState state, Job job, Job? before)
    {
        _jobs[job.Name] = job;
        state.Graph.Set(job.Name, before?.Spec.Parents ?? [], job.Spec.Parents);
        state.Due.Follow(job);
        state.Listing.Touch(job.Name);
    }
}
