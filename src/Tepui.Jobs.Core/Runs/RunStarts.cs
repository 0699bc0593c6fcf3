using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Makes runs: writes them down, merges them with those that wait where the job says so, and lets them wait for their launch.</summary>
internal static class RunStarts
{
    /// <summary>For parents that have done their part.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="job">The child.</param>
    /// <param name="parents">The newest run of each parent.</param>
    public static void Triggered(Turn turn, Job job, IReadOnlyList<RunId> parents)
    {
    }

    /// <summary>Because somebody asked for it; a key used before gives the run made then.</summary>
    public static RunId Manual(Turn turn, Job job, string? arguments, IReadOnlyList<EnvironmentVariable> environment, string? key) => default;

    /// <summary>For a range of times that is run again; makes as many as may wait, the rest follows.</summary>
    /// <returns>How many times the range has.</returns>
    public static long Backfill(Turn turn, Job job, DateTimeOffset from, DateTimeOffset to) => 0;
}
