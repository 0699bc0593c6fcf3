using Google.Protobuf;
using Tepui.Model.Time;

namespace Tepui.Services.Core.Health;

/// <summary>What one health check of one instance said so far.</summary>
internal sealed class CheckHistory
{
    /// <summary>The last result; unset before the first, or where an earlier life of the scheduler did not know.</summary>
    public bool? Alive { get; private set; }

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>First success.</summary>
    public DateTimeOffset? FirstSuccess { get; private set; }

    /// <summary>Last success.</summary>
    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>Last failure.</summary>
    public DateTimeOffset? LastFailure { get; private set; }

    /// <summary>What failed last.</summary>
    public string? Cause { get; private set; }

    /// <summary>The update that told last, where an agent runs the check: it may come twice.</summary>
    public ByteString? Update { get; set; }

    /// <summary>Ends the wait for further updates of an agent that reports only changes.</summary>
    public Alarm<Turn>? Patience { get; set; }

    /// <summary>What was known before the restart of the scheduler counts until there is something newer.</summary>
    public static CheckHistory Restored(bool? healthy, DateTimeOffset? activeSince) =>
        new() { Alive = healthy, FirstSuccess = healthy == true ? activeSince : null };

    /// <summary>It passed.</summary>
    public void Passed(DateTimeOffset now)
    {
        Alive = true;
        Failures = 0;
        FirstSuccess ??= now;
        LastSuccess = now;
        Rest();
    }

    /// <summary>It failed.</summary>
    /// <param name="now">When.</param>
    /// <param name="cause">Why.</param>
    /// <param name="counts">It counts among the failures in a row.</param>
    public void Failed(DateTimeOffset now, string? cause, bool counts)
    {
        Alive = false;
        Failures += counts ? 1 : 0;
        LastFailure = now;
        Cause = cause;
    }

    /// <summary>Waits no more.</summary>
    public void Rest()
    {
        Patience?.Cancel();
        Patience = null;
    }
}
