using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Names a run: its job, and its number there, from 1. A job that is removed and made again begins anew, above the numbers of runs of the one before that are not over.</summary>
public readonly record struct RunId(JobName Job, long Number) : IComparable<RunId>
{
    /// <inheritdoc/>
    public int CompareTo(RunId other) => Job.CompareTo(other.Job) is var byJob and not 0 ? byJob : Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => $"{Job}#{Number}";
}
