using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tepui.Web.Layout;

namespace Tepui.Web.Pages.Dialogs;

/// <summary>Which dialog is open, and on what. Lives in the page's address.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="On">The app, pod, group or deployment.</param>
/// <param name="Tasks">Instances, for kills.</param>
/// <param name="Version">A version, to go back to.</param>
/// <param name="Amount">What is typed in so far: instances, or a factor for a group.</param>
public sealed record DialogQuery(DialogKind Kind, string On, IReadOnlyList<string> Tasks, string Version, string Amount)
{
    private static readonly string[] Names = ["do", "on", "task", "version", "amount", "run", "arguments", "environment", "since", "until"];

    /// <summary>Reads it; null when no dialog is open.</summary>
    public static DialogQuery? From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return KindOf(query["do"]) is { } kind
            ? new DialogQuery(kind, query["on"].ToString(), [.. query["task"].OfType<string>()], query["version"].ToString(), query["amount"].ToString())
            : null;
    }

    /// <summary>The kind of that name.</summary>
    public static DialogKind? KindOf(string? name) =>
        name?.Length > 0 && !char.IsAsciiDigit(name[0]) && Enum.TryParse<DialogKind>(name, ignoreCase: true, out var kind) ? kind : null;

    /// <summary>The name of a kind in addresses.</summary>
    public static string NameOf(DialogKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The address of a page with a dialog open.</summary>
    public static string Link(string page, DialogKind kind, string on, params ReadOnlySpan<(string Name, string? Value)> more) => Link(page, NameOf(kind), on, more);

    /// <summary>The address of a page with a dialog of that name open.</summary>
    public static string Link(string page, string name, string on, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        ArgumentNullException.ThrowIfNull(page);
        var query = Links.With("", [("do", name), ("on", on), .. more])[1..];
        return $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    /// <summary>The address without a dialog.</summary>
    public static string Close(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
        {
            return address;
        }

        var kept = QueryHelpers.ParseQuery(address[mark..]).Where(parameter => !Names.Contains(parameter.Key));
        return Links.With(address[..mark], [.. kept.SelectMany(parameter => parameter.Value.Select(value => (parameter.Key, value)))]);
    }
}
