namespace Tepui.Jobs.Core.Launching;

/// <summary>While very many runs are due, those of a short time go out together: fewer and larger calls, for a few milliseconds of skew. Otherwise every run goes out at once.</summary>
internal sealed class LaunchPace
{
    /// <summary>Time between two launches while there is much to launch.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // So many runs to come within the look-ahead are much to launch.
    private const int Much = 200;

    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>When launches that were put off go out; unset while none are.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>Whether launches may go out now; if so, they are taken to do.</summary>
    /// <param name="coming">Runs that will want offers soon.</param>
    /// <param name="now">The time.</param>
    public bool TryLaunch(int coming, DateTimeOffset now)
    {
        if (coming >= Much && now >= _last && now - _last < Pause)
        {
            Next = _last + Pause;
            return false;
        }

        (_last, Next) = (now, null);
        return true;
    }

    /// <summary>There is nothing to launch now.</summary>
    public void Rest() => Next = null;
}
