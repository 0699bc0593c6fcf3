using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tepui.Web.Layout;
using Tepui.Web.Live;
using Tepui.Web.Pages;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Services;

namespace Tepui.Web.Commands;

/// <summary>
/// <c>POST /ui/_services/{what}</c>: takes what dialogs and the form of an app send, and hands it to the services. The script asks
/// for JSON, where to go next or the content to show; without script it is a redirect or a page.
/// </summary>
internal sealed class CommandEndpoint(CommandRunner commands, EditRunner edits, PageBuilder pages, PageRenderer renderer, ServicesFeed feed)
{
    private const long BodyMax = 16 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly FormOptions Form = new() { ValueCountLimit = 20_000, ValueLengthLimit = (int)BodyMax, KeyLengthLimit = 1024 };

    public async Task ServeAsync(HttpContext context, CancellationToken cancel)
    {
        if (!SameOrigin.Allows(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This request does not come from a page of this site. Programs use the REST API of the services.", cancel);
            return;
        }

        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "The body must be a form.", cancel);
            return;
        }

        var what = (string)context.Request.RouteValues["what"]!;
        var form = await context.Request.ReadFormAsync(Form, cancel);
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
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no command '{what}'.", cancel);
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

        await ShowAsync(context, ServicesPages.EditPageOf(again), again.Id is { } id ? Links.Edit(id) : Links.Create(again.Group), cancel);
    }

    private async Task RunAsync(HttpContext context, DialogKind kind, IFormCollection form, CancellationToken cancel)
    {
        var from = form["from"].ToString();
        if (!ServicesPages.OwnsAddress(from))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"'from' is '{from}'; it must be the page that sends the form.", cancel);
            return;
        }

        if (await commands.RunAsync(kind, form, cancel) is not { } refused)
        {
            await LeadAsync(context, CommandRunner.After(kind, form["on"].ToString(), from), cancel);
            return;
        }

        // A button without a dialog gets one, to say why.
        var address = DialogQuery.Link(DialogQuery.Close(from), kind, form["on"].ToString(), [.. form["task"].Select(task => ("task", task)), ("version", form["version"].ToString()), ("amount", form[kind == DialogKind.NewGroup ? "name" : "amount"].ToString())]);
        await ShowAsync(context, await pages.BuildAsync(address, refused, cancel), address, cancel);
    }

    private async Task LeadAsync(HttpContext context, string address, CancellationToken cancel)
    {
        try
        {
            await feed.RefreshAsync(cancel);
        }
        catch (ServicesUnavailableException)
        {
            // It was done; the page that follows says that the services cannot be read.
        }

        if (WantsJson(context))
        {
            await context.Response.WriteAsync(new JsonObject { ["location"] = address }.ToJsonString(), cancel);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
    }

    private async Task ShowAsync(HttpContext context, PageContent page, string address, CancellationToken cancel)
    {
        context.Response.StatusCode = page.Status;
        if (WantsJson(context))
        {
            await context.Response.WriteAsync(new JsonObject { ["html"] = await renderer.BodyAsync(page, feed.Problem), ["at"] = address }.ToJsonString(), cancel);
            return;
        }

        await PageResponse.WriteAsync(context.Response, page.Status, await renderer.DocumentAsync(page, address, feed.Problem), cancel);
    }

    private static bool WantsJson(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var wants = context.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);
        if (wants)
        {
            context.Response.ContentType = "application/json";
        }

        return wants;
    }

    private static Task RefuseAsync(HttpContext context, int status, string why, CancellationToken cancel)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(why, cancel);
    }
}
