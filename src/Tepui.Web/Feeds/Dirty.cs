namespace Tepui.Web.Feeds;

/// <summary>What has to be read again, gathered from events until someone takes it.</summary>
/// <param name="namesMax">With more names than this it is cheaper to read all.</param>
internal sealed class Dirty(Func<int> namesMax) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _everything;
    private bool _aside;

    /// <summary>Takes note of a change.</summary>
    public void Note(Change change)
    {
        if (change == Change.None)
        {
            return;
        }

        lock (_gate)
        {
            _everything |= change.Everything;
            _aside |= change.Aside;
            if (change.Name is { } name)
            {
                _names.Add(name);
            }

            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>Waits until there is something, or for <paramref name="limit"/>; then everything is due.</summary>
    public async Task<Due> TakeAsync(TimeSpan limit, CancellationToken cancel)
    {
        if (!await _signal.WaitAsync(limit, cancel))
        {
            return Due.All;
        }

        lock (_gate)
        {
            var everything = _everything || _names.Count > namesMax();
            var due = new Due(everything, everything || _aside, everything ? [] : _names);
            _names = new HashSet<string>(StringComparer.Ordinal);
            _everything = _aside = false;
            return due;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();
}
