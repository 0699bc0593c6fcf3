using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Names a run: its job, and its number there, from 1. Numbers of a job that is removed and made again begin anew.</summary>
public readonly record struct RunId(JobName Job, long Number) : IComparable<RunId>
{
    /// <inheritdoc/>
    public int CompareTo(RunId other) => Job.CompareTo(other.Job) is var byJob and not 0 ? byJob : Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => $"{Job}#{Number}";
}
