namespace Tepui.Coordination;

/// <summary>The store's file is damaged in a way that no crash of ours leaves behind. Nothing was changed.</summary>
/// <param name="file">Path of the file.</param>
/// <param name="offset">Where the damage was found, in bytes from its start.</param>
/// <param name="what">What was found.</param>
public sealed class StoreCorruptException(string file, long offset, string what)
    : IOException($"{file} is damaged at byte {offset}: {what}. Nothing was changed. Restore the directory from a backup, or move it away to start without what it held.")
{
    /// <summary>Path of the file.</summary>
    public string File { get; } = file;

    /// <summary>Where the damage was found, in bytes from its start.</summary>
    public long Offset { get; } = offset;
}
