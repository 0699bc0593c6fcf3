namespace Tepui.Protocol.Link;

/// <summary>What both ends of a link hold to.</summary>
public static class FrameLimits
{
    /// <summary>Largest frame, bytes: 64 MiB.</summary>
    public const int MaxFrame = 64 * 1024 * 1024;

    internal const int HeadSize = 4;
}
