using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Graph;

/// <summary>What the end of a run means for the children of its job.</summary>
internal static class Triggers
{
    /// <summary>Counts the end of a run on the edges to its job's children, and makes runs of those that are triggered. Part of the step that ends the run.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="run">The run that ended, or stands for a success somebody marked.</param>
    /// <param name="succeeded">Whether it ended well.</param>
    public static void Ended(Turn turn, RunId run, bool succeeded)
    {
    }
}
