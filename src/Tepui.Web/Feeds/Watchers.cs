using System.Threading.Channels;

namespace Tepui.Web.Feeds;

/// <summary>Counts who looks, and says for a while after the last one left that someone still does.</summary>
/// <param name="time">The clock.</param>
/// <param name="linger">How long after the last one.</param>
internal sealed class Watchers(TimeProvider time, TimeSpan linger)
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _count;
    private long _left;

    /// <summary>Whether someone looks, or did a moment ago.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
            {
                return _count > 0 || (_left != 0 && time.GetElapsedTime(_left) < linger);
            }
        }
    }

    /// <summary>Someone looks, until the result is disposed.</summary>
    public IDisposable Enter()
    {
        lock (_gate)
        {
            if (++_count == 1)
            {
                _wanted.Writer.TryWrite(true);
            }
        }

        return new Watch(this);
    }

    /// <summary>Waits for the first one.</summary>
    public async Task WaitAsync(CancellationToken cancel) => await _wanted.Reader.ReadAsync(cancel);

    private void Leave()
    {
        lock (_gate)
        {
            _count--;
            _left = time.GetTimestamp();
        }
    }

    private sealed class Watch(Watchers watchers) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                watchers.Leave();
            }
        }
    }
}
