namespace Tepui.Master.Core.Deadlines;

/// <summary>Something to do at a point in time, unless it is cancelled before.</summary>
internal sealed class Alarm(DateTimeOffset due, Action<Turn> ring)
{
    /// <summary>When to ring.</summary>
    public DateTimeOffset Due { get; } = due;

    /// <summary>What to do then; <see langword="null"/> once it rang or was cancelled.</summary>
    public Action<Turn>? Ring { get; private set; } = ring;

    /// <summary>Whether it will still ring.</summary>
    public bool IsSet => Ring is not null;

    /// <summary>Never rings from now on.</summary>
    public void Cancel() => Ring = null;
}
