namespace Tepui.Runtime.Link;

/// <summary>Names of the link between agent and master.</summary>
public static class LinkProtocol
{
    /// <summary>Value of the <c>Upgrade</c> header; the number changes when frames become unreadable for the other side.</summary>
    public const string Name = "tepui-link/1";

    /// <summary>Path on the master's port.</summary>
    public const string Path = "/tepui/link";
}
