using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Pages.Dialogs;

namespace Tepui.Web.Pages.JobDialogs;

/// <summary>Which dialog of a job is open, and what is typed in so far. Lives in the page's address.</summary>
/// <param name="Action">What it asks.</param>
/// <param name="On">The job.</param>
public sealed record JobDialogQuery(JobAction Action, string On)
{
    /// <summary>Number of the run that is to end.</summary>
    public long Run { get; init; }

    /// <summary>Arguments in place of the job's.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>Variables beside the job's, <c>NAME=VALUE</c> line by line.</summary>
    public string Environment { get; init; } = "";

    /// <summary>First time to run again.</summary>
    public string Since { get; init; } = "";

    /// <summary>Last time to run again.</summary>
    public string Until { get; init; } = "";

    /// <summary>Reads it; null when no dialog is open.</summary>
    public static JobDialogQuery? From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ActionOf(query["do"]) is { } action ? Of(action, name => query[name].ToString()) : null;
    }

    /// <summary>What a form sent.</summary>
    public static JobDialogQuery From(JobAction action, IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return Of(action, name => form[name].ToString());
    }

    /// <summary>The action of that name.</summary>
    public static JobAction? ActionOf(string? name) =>
        name?.Length > 0 && !char.IsAsciiDigit(name[0]) && Enum.TryParse<JobAction>(name, ignoreCase: true, out var action) && Enum.IsDefined(action) ? action : null;

    /// <summary>The name of an action in addresses.</summary>
    public static string NameOf(JobAction action) => action.ToString().ToLowerInvariant();

    /// <summary>The address of a page with a dialog open.</summary>
    public static string Link(string page, JobAction action, string job, params ReadOnlySpan<(string Name, string? Value)> more) => DialogQuery.Link(page, NameOf(action), job, more);

    /// <summary>The address of a page with this dialog open.</summary>
    public string ToLink(string page) =>
        Link(page, Action, On, ("run", Run == 0 ? null : Run.ToString(CultureInfo.InvariantCulture)), ("arguments", Arguments), ("environment", Environment), ("since", Since), ("until", Until));

    private static JobDialogQuery Of(JobAction action, Func<string, string> value) => new(action, value("on"))
    {
        Run = long.TryParse(value("run"), NumberStyles.None, CultureInfo.InvariantCulture, out var run) ? run : 0,
        Arguments = value("arguments"),
        Environment = value("environment"),
        Since = value("since"),
        Until = value("until"),
    };
}
