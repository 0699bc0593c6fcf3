namespace Tepui.Web.Feeds;

/// <summary>What is to be read again.</summary>
/// <param name="Everything">All there is.</param>
/// <param name="Aside">What is kept beside the named things.</param>
/// <param name="Names">Only these.</param>
public sealed record Due(bool Everything, bool Aside, IReadOnlyCollection<string> Names)
{
    /// <summary>All of it.</summary>
    public static Due All { get; } = new(true, true, []);
}
