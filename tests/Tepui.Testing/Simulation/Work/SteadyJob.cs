using Tepui.Jobs.Core.Specs;

namespace Tepui.Testing.Simulation.Work;

/// <summary>A job whose targets are known: start, start + interval, and so on, <see cref="Count"/> times.</summary>
/// <param name="Spec">The job.</param>
/// <param name="Start">First target.</param>
/// <param name="Interval">Between two targets.</param>
/// <param name="Count">How many there are; <see langword="null"/>: for ever.</param>
/// <param name="Duration">Of its tasks, in seconds at most.</param>
internal sealed record SteadyJob(JobSpec Spec, DateTimeOffset Start, TimeSpan Interval, int? Count, double Duration)
{
    /// <summary>Targets from a time up to another, both included; without regard to the count where catch-up lets it go down more slowly than targets pass.</summary>
    public IEnumerable<DateTimeOffset> Targets(DateTimeOffset from, DateTimeOffset to)
    {
        var first = Math.Max(0, (long)Math.Ceiling((from - Start) / Interval));
        for (var k = first; Start + (Interval * k) <= to; k++)
        {
            yield return Start + (Interval * k);
        }
    }
}
