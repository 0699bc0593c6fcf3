namespace Tepui.Web.Feeds;

/// <summary>What an event means: what has to be read again.</summary>
/// <param name="Everything">All there is.</param>
/// <param name="Aside">What is kept beside the named things, as deployments are.</param>
/// <param name="Name">This one thing.</param>
public sealed record Change(bool Everything, bool Aside, string? Name)
{
    /// <summary>Everything has to be read again.</summary>
    public static Change All { get; } = new(true, true, null);

    /// <summary>Nothing has.</summary>
    public static Change None { get; } = new(false, false, null);
}
