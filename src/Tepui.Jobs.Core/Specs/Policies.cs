namespace Tepui.Jobs.Core.Specs;

/// <summary>What becomes of occurrences that could not be launched in time.</summary>
public enum CatchUp
{
    /// <summary>Those that wait collapse into one run; the count of the schedule goes down once.</summary>
    Last,

    /// <summary>Each has its own run, in order.</summary>
    All,

    /// <summary>Those that could not start within epsilon after their due time are skipped.</summary>
    None,
}

/// <summary>What becomes of a run that is due while another of its job is under way.</summary>
public enum Concurrency
{
    /// <summary>It waits until the other has ended.</summary>
    Forbid,

    /// <summary>It starts beside the other.</summary>
    Allow,

    /// <summary>The other is killed, then it starts.</summary>
    Replace,
}

/// <summary>How often an occurrence may be launched.</summary>
public enum Delivery
{
    /// <summary>Again when its task failed or was lost, as retries allow.</summary>
    AtLeastOnce,

    /// <summary>Never again once a launch was decided, unless it is known that it did not happen.</summary>
    AtMostOnce,
}

/// <summary>Which ends of its parents' runs trigger a job.</summary>
public enum ParentTrigger
{
    /// <summary>Success, or any end of a parent with soft errors.</summary>
    Success,

    /// <summary>Failure.</summary>
    Failure,

    /// <summary>Success and failure.</summary>
    Any,
}

/// <summary>Waits between attempts: the first, then each longer by the factor, up to the longest.</summary>
/// <param name="Initial">Before the first retry.</param>
/// <param name="Factor">At least 1.</param>
/// <param name="Max">Longest.</param>
public sealed record RetryBackoff(TimeSpan Initial, double Factor, TimeSpan Max)
{
    /// <summary>The wait before a retry.</summary>
    /// <param name="retry">1 for the first.</param>
    public TimeSpan Before(int retry)
    {
        var ticks = Initial.Ticks * Math.Pow(Factor, Math.Max(0, retry - 1));
        return ticks >= Max.Ticks ? Max : TimeSpan.FromTicks((long)ticks);
    }
}
