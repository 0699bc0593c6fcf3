using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core;

/// <summary>Notices when the clock was set back. Due times of schedules follow the clock, but no wait becomes longer by it than it was at first.</summary>
internal sealed class ClockGuard
{
    // Clocks are corrected by less than this all the time.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    /// <summary>At the begin of every step.</summary>
    public static void Observe(Turn turn)
    {
        var clock = turn.State.Clock;
        var isFirst = clock._latest == DateTimeOffset.MinValue;
        var back = clock._latest - turn.Now;
        if (!isFirst && back <= Tolerance)
        {
            clock._latest = back > TimeSpan.Zero ? clock._latest : turn.Now;
            return;
        }

        clock._latest = turn.Now;
        if (!isFirst)
        {
            turn.State.Deadlines.Advance(back);
        }

        // In the first step too: the clock may have been set back while nobody looked.
        RunTimes.Clamp(turn);
    }
}
