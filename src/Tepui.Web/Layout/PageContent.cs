using Tepui.Web.Pages.Dialogs;

namespace Tepui.Web.Layout;

/// <summary>A page about to be rendered: a component and what it shows.</summary>
/// <param name="Title">Of the browser's window.</param>
/// <param name="Section">Which entry of the navigation is the current one.</param>
/// <param name="Component">Type of the component.</param>
/// <param name="Model">Its parameter <c>Model</c>.</param>
public sealed record PageContent(string Title, string Section, Type Component, object Model)
{
    /// <summary>Whose state it shows.</summary>
    public PageSource Source { get; init; }

    /// <summary>The dialog that is open on it, if any.</summary>
    public DialogModel? Dialog { get; init; }

    /// <summary>HTTP status of the page.</summary>
    public int Status { get; init; } = 200;
}
