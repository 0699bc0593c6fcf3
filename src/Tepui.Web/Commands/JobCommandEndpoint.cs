using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Feeds;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Live;
using Tepui.Web.Pages;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Pages.JobDialogs;
using Tepui.Web.Rest;

namespace Tepui.Web.Commands;

/// <summary><c>POST /ui/_jobs/{what}</c>: takes what dialogs and the form of a job send, and hands it to the jobs scheduler.</summary>
internal sealed class JobCommandEndpoint(JobCommandRunner commands, JobEditRunner edits, PageBuilder pages, CommandAnswers answers, PageRenderer renderer, JobsFeed feed)
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
        else if (what == "preview")
        {
            await PreviewAsync(context, form, cancel);
        }
        else if (JobDialogQuery.ActionOf(what) is { } action)
        {
            await RunAsync(context, action, form, cancel);
        }
        else
        {
            await CommandAnswers.RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no command '{what}'.", cancel);
        }
    }

    // While one types: only the part of the page that tells the next runs.
    private async Task PreviewAsync(HttpContext context, IFormCollection form, CancellationToken cancel)
    {
        var preview = await edits.PreviewAsync(form, cancel);
        _ = CommandAnswers.WantsJson(context);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(new JsonObject { ["html"] = await renderer.PreviewAsync(preview) }.ToJsonString(), cancel);
    }

    private async Task SaveAsync(HttpContext context, IFormCollection form, CancellationToken cancel)
    {
        var (saved, again) = await edits.RunAsync(form, cancel);
        if (saved is not null)
        {
            await LeadAsync(context, saved, Links.Job(saved), cancel);
            return;
        }

        await answers.ShowAsync(context, JobsPages.EditPageOf(again), again.Name is { } name ? Links.EditJob(name) : Links.NewJob, feed.Problem, cancel);
    }

    private async Task RunAsync(HttpContext context, JobAction action, IFormCollection form, CancellationToken cancel)
    {
        var from = form["from"].ToString();
        if (!JobsPages.Owns(Links.FirstPart(from)))
        {
            await CommandAnswers.RefuseAsync(context, StatusCodes.Status400BadRequest, $"'from' is '{from}'; it must be the page that sends the form.", cancel);
            return;
        }

        var (next, refused) = await commands.RunAsync(action, form, cancel);
        if (next is not null)
        {
            await LeadAsync(context, form["on"].ToString(), next, cancel);
            return;
        }

        // A button without a dialog gets one, to say why.
        var address = JobDialogQuery.From(action, form).ToLink(DialogQuery.Close(from));
        await answers.ShowAsync(context, await pages.BuildAsync(address, refused, cancel), address, feed.Problem, cancel);
    }

    private async Task LeadAsync(HttpContext context, string job, string address, CancellationToken cancel)
    {
        try
        {
            await feed.RefreshAsync(new Due(false, false, [job]), cancel);
        }
        catch (RestUnavailableException)
        {
            // It was done; the page that follows says that the jobs cannot be read.
        }

        await CommandAnswers.LeadAsync(context, address, cancel);
    }
}
