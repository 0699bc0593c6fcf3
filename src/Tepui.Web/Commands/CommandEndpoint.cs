using Microsoft.AspNetCore.Http;
using Tepui.Web.Layout;
using Tepui.Web.Pages;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Rest;
using Tepui.Web.Services;

namespace Tepui.Web.Commands;

/// <summary><c>POST /ui/_services/{what}</c>: takes what dialogs and the form of an app send, and hands it to the services.</summary>
internal sealed class CommandEndpoint(CommandRunner commands, EditRunner edits, PageBuilder pages, CommandAnswers answers, ServicesFeed feed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task ServeAsync(HttpContext context, CancellationToken cancel)
    {
        if (await CommandAnswers.ReadAsync(context, cancel) is not { } form)
        {
            return;
        }

        var what = (string)context.Request.RouteValues["what"]!;
        using var watch = await feed.WatchAsync(Patience, cancel);
        if (what == "save")
        {
            await SaveAsync(context, form, cancel);
        }
        else if (DialogQuery.KindOf(what) is { } kind)
        {
            await RunAsync(context, kind, form, cancel);
        }
        else
        {
            await CommandAnswers.RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no command '{what}'.", cancel);
        }
    }

    private async Task SaveAsync(HttpContext context, IFormCollection form, CancellationToken cancel)
    {
        var (saved, again) = await edits.RunAsync(form, cancel);
        if (saved is not null)
        {
            await LeadAsync(context, Links.App(saved), cancel);
            return;
        }

        await answers.ShowAsync(context, ServicesPages.EditPageOf(again), again.Id is { } id ? Links.Edit(id) : Links.Create(again.Group), feed.Problem, cancel);
    }

    private async Task RunAsync(HttpContext context, DialogKind kind, IFormCollection form, CancellationToken cancel)
    {
        var from = form["from"].ToString();
        if (!ServicesPages.OwnsAddress(from))
        {
            await CommandAnswers.RefuseAsync(context, StatusCodes.Status400BadRequest, $"'from' is '{from}'; it must be the page that sends the form.", cancel);
            return;
        }

        if (await commands.RunAsync(kind, form, cancel) is not { } refused)
        {
            await LeadAsync(context, CommandRunner.After(kind, form["on"].ToString(), from), cancel);
            return;
        }

        // A button without a dialog gets one, to say why.
        var address = DialogQuery.Link(DialogQuery.Close(from), kind, form["on"].ToString(), [.. form["task"].Select(task => ("task", task)), ("version", form["version"].ToString()), ("amount", form[kind == DialogKind.NewGroup ? "name" : "amount"].ToString())]);
        await answers.ShowAsync(context, await pages.BuildAsync(address, refused, cancel), address, feed.Problem, cancel);
    }

    private async Task LeadAsync(HttpContext context, string address, CancellationToken cancel)
    {
        try
        {
            await feed.RefreshAsync(cancel);
        }
        catch (RestUnavailableException)
        {
            // It was done; the page that follows says that the services cannot be read.
        }

        await CommandAnswers.LeadAsync(context, address, cancel);
    }
}
