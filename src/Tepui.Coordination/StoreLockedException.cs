namespace Tepui.Coordination;

/// <summary>Another process (or another store of this one) has the directory open.</summary>
/// <param name="directory">The directory.</param>
/// <param name="holder">Process id of the holder, when known.</param>
public sealed class StoreLockedException(string directory, int? holder)
    : IOException($"{directory} is in use by {(holder is { } pid ? $"process {pid}" : "another process")}. Stop that one first, or choose another work directory.")
{
    /// <summary>Process id of the holder, when known.</summary>
    public int? Holder { get; } = holder;
}
