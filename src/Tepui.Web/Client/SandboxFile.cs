namespace Tepui.Web.Client;

/// <summary>An entry of a directory in a sandbox.</summary>
/// <param name="Path">Its path on the agent.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Last change.</param>
/// <param name="IsDirectory">Whether it can be listed in turn.</param>
public sealed record SandboxFile(string Path, long Size, DateTimeOffset Modified, bool IsDirectory)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>A piece of a file.</summary>
/// <param name="Offset">Where it starts, bytes.</param>
/// <param name="Text">Its content.</param>
public sealed record FilePiece(long Offset, string Text);
