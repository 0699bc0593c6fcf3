namespace Tepui.Agent.Links;

/// <summary>Ends a link on which nothing came for too long.</summary>
internal sealed class LinkWatch : IDisposable
{
    private static readonly TimeSpan UntilAdmitted = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _end;
    private TimeSpan _silenceMax = UntilAdmitted;
    private long _seen;

    /// <summary>Starts watching.</summary>
    /// <param name="end">Cancelled when the link is dead.</param>
    /// <param name="time">Clock.</param>
    public LinkWatch(CancellationTokenSource end, TimeProvider time)
    {
        _time = time;
        _end = end;
        _seen = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Check(), null, UntilAdmitted / 4, UntilAdmitted / 4);
    }

    /// <summary>A frame came in.</summary>
    public void Seen() => Volatile.Write(ref _seen, _time.GetTimestamp());

    /// <summary>From now on the master says something at least this often.</summary>
    public void Expect(TimeSpan silenceMax)
    {
        _silenceMax = silenceMax;
        _timer.Change(silenceMax / 4, silenceMax / 4);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _seen)) <= _silenceMax)
        {
            return;
        }

        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The link ended at the same moment.
        }
    }
}
