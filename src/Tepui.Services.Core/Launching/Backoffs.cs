using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching;

/// <summary>Waits that failures have earned, by spec and configuration: a new configuration starts without one.</summary>
internal sealed class Backoffs
{
    private const int TidyLeast = 256;
    private readonly Dictionary<(PathId Spec, DateTimeOffset Config), Entry> _entries = [];
    private int _tidyAt = TidyLeast;

    /// <summary>A failure: the wait is longer, and counts from now.</summary>
    public void Failed(RunSpec spec, DateTimeOffset now)
    {
        var backoff = spec.Backoff;
        var delay = Find(spec, now) is { } before ? Longer(before.Delay, backoff) : Least(backoff.Initial, backoff.Max);
        if (_entries.Count >= _tidyAt)
        {
            Tidy(now);
        }

        _entries[Key(spec)] = new(delay, now, backoff.Max);
    }

    /// <summary>An instance made progress: the same wait, counted from now.</summary>
    public bool Progressed(RunSpec spec, DateTimeOffset now)
    {
        if (Find(spec, now) is not { } entry)
        {
            return false;
        }

        _entries[Key(spec)] = entry with { From = now };
        return true;
    }

    /// <summary>Forgets the waits of all configurations of a spec.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Reset(PathId spec)
    {
        var keys = _entries.Keys.Where(key => key.Spec == spec).ToList();
        keys.ForEach(key => _entries.Remove(key));
        return keys.Count > 0;
    }

    /// <summary>End of the wait, which may have passed; <see langword="null"/> without one.</summary>
    public DateTimeOffset? Until(RunSpec spec, DateTimeOffset now) => Find(spec, now) is { } entry ? entry.From.After(entry.Delay) : null;

    /// <summary>How long the wait was when it was last in force; zero if it never was.</summary>
    public TimeSpan Delay(RunSpec spec) => _entries.GetValueOrDefault(Key(spec))?.Delay ?? TimeSpan.Zero;

    private static (PathId, DateTimeOffset) Key(RunSpec spec) => (spec.Id, spec.LastConfigChangeAt);

    private static TimeSpan Longer(TimeSpan delay, BackoffStrategy backoff)
    {
        var ticks = delay.Ticks * backoff.Factor;
        return ticks >= backoff.Max.Ticks ? backoff.Max : TimeSpan.FromTicks((long)Math.Round(ticks));
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    // What nothing has touched for the longest wait is forgotten.
    private Entry? Find(RunSpec spec, DateTimeOffset now) => _entries.TryGetValue(Key(spec), out var entry) && !entry.IsOver(now) ? entry : null;

    private void Tidy(DateTimeOffset now)
    {
        foreach (var key in _entries.Where(pair => pair.Value.IsOver(now)).Select(pair => pair.Key).ToList())
        {
            _entries.Remove(key);
        }

        _tidyAt = Math.Max(TidyLeast, _entries.Count * 2);
    }

    private sealed record Entry(TimeSpan Delay, DateTimeOffset From, TimeSpan Max)
    {
        public bool IsOver(DateTimeOffset now) => now > From.After(Max);
    }
}
