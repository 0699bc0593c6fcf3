namespace Tepui.Model.Time;

/// <summary>Something to do at a point in time, unless it is cancelled before.</summary>
/// <typeparam name="TTurn">What a core hands to whom it lets act.</typeparam>
public sealed class Alarm<TTurn>(DateTimeOffset due, Action<TTurn> ring)
{
    /// <summary>When to ring.</summary>
    public DateTimeOffset Due { get; internal set; } = due;

    /// <summary>Whether it will still ring.</summary>
    public bool IsSet => Ring is not null;

    /// <summary>What to do then; <see langword="null"/> once it rang or was cancelled.</summary>
    internal Action<TTurn>? Ring { get; private set; } = ring;

    /// <summary>Never rings from now on.</summary>
    public void Cancel() => Ring = null;
}
