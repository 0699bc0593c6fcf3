using System.Diagnostics.CodeAnalysis;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Runs;

/// <summary>All runs. The only place where they change: it checks the change, persists, publishes and tells the listing (<see cref="Views.Listing.Touch(RunId)"/>).</summary>
internal sealed class RunTable
{
    /// <summary>Runs that are not over, in no order.</summary>
    public IEnumerable<Run> Open => [];

    /// <summary>Runs of a job, oldest first, those that are over too.</summary>
    public IReadOnlyList<Run> Of(JobName job) => [];

    /// <summary>Runs of a job that are not over, oldest first.</summary>
    public IReadOnlyList<Run> OpenOf(JobName job) => [];

    /// <summary>One, if there is one.</summary>
    public Run? Find(RunId id) => null;

    /// <summary>The run with this task as its last launch or an earlier one.</summary>
    public bool TryFind(TaskId task, [NotNullWhen(true)] out Run? run)
    {
        run = null;
        return false;
    }

    /// <summary>Adds a run.</summary>
    public void Add(Turn turn, Run run)
    {
    }

    /// <summary>Replaces a run by its changed self.</summary>
    public void Replace(Turn turn, Run run)
    {
    }

    /// <summary>Puts what the store held.</summary>
    public void Restore(JobsState state, Run run)
    {
    }

    /// <summary>Forgets a run that is over.</summary>
    public void Remove(Turn turn, RunId id)
    {
    }
}
