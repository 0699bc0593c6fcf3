using System.Collections.Concurrent;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Metrics;

/// <summary>How long the runs of each job took, the newest of them. Heard by the loop, read on any thread.</summary>
internal sealed class RunTimes
{
    /// <summary>Runs looked back at, per job.</summary>
    public const int Most = 128;

    private readonly ConcurrentDictionary<JobName, Queue<double>> _times = new();

    /// <summary>Jobs with runs that are over, and the times of these in seconds, sorted.</summary>
    public IEnumerable<(JobName Job, double[] Seconds)> All => _times.Select(job => (job.Key, Sorted(job.Value)));

    /// <summary>Times of a job in seconds, sorted; empty when it never ran.</summary>
    public double[] Of(JobName job) => _times.TryGetValue(job, out var times) ? Sorted(times) : [];

    /// <summary>Takes in what happened. What changes in a run that is over already, or whose job was removed, adds nothing.</summary>
    public void Hear(JobEvent happened)
    {
        switch (happened)
        {
            case JobEvent.RunChanged { Ended: true, Run.IsOrphaned: false } changed:
                Add(changed.Run);
                break;
            case JobEvent.JobRemoved removed:
                _times.TryRemove(removed.Job, out _);
                break;
        }
    }

    /// <summary>Takes in a run, if it is over and ran.</summary>
    public void Add(Run run)
    {
        if (!run.State.IsFinal() || run.StartedAt is not { } started || run.EndedAt is not { } ended)
        {
            return;
        }

        var times = _times.GetOrAdd(run.Id.Job, _ => new());
        lock (times)
        {
            if (times.Count == Most)
            {
                times.Dequeue();
            }

            times.Enqueue(Math.Max(0, (ended - started).TotalSeconds));
        }
    }

    private static double[] Sorted(Queue<double> times)
    {
        double[] sorted;
        lock (times)
        {
            sorted = [.. times];
        }

        Array.Sort(sorted);
        return sorted;
    }
}
