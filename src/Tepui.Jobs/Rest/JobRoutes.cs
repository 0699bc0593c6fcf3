using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Views;
using Tepui.Jobs.Rest.Json;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary><c>/job/{name}</c> and what is done to a job as a whole.</summary>
internal sealed class JobRoutes(RestParts parts, RestCommands commands)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes) => routes
        .Map("PUT", "/job/success/{name}", MarkAsync)
        .Map("GET", "/job/{name}", GetAsync)
        .Map("PUT", "/job/{name}", StartAsync)
        .Map("DELETE", "/job/{name}", call => commands.RunAsync(call, name => new JobsCommand.Remove(name, call.Flag("strict", false))))
        .Map("POST", "/job/{name}/disable", call => commands.RunAsync(call, name => new JobsCommand.SetDisabled(name, true)))
        .Map("POST", "/job/{name}/enable", call => commands.RunAsync(call, name => new JobsCommand.SetDisabled(name, false)))
        .Map("GET", "/job/{name}/explain", ExplainAsync);

    /// <summary>Finds the job of the address, or answers that there is none.</summary>
    public static async Task<JobDetail?> FindAsync(RestCall call, RestParts parts)
    {
        var detail = JobName.TryParse(call["name"], out var name, out _) ? await parts.Loop.FindAsync(name, call.Cancel) : null;
        if (detail is null)
        {
            await JobsErrors.UnknownJobAsync(call.Context, call["name"]);
        }

        return detail;
    }

    private async Task GetAsync(RestCall call)
    {
        if (await FindAsync(call, parts) is { } detail)
        {
            var now = parts.Options.Time.GetUtcNow();
            await RestAnswer.JsonAsync(call.Context, json => JobDocuments.Write(json, detail.Summary.Job, isMirrored: false, call.WantsExtras ? more => JobExtras.Write(more, detail, parts.Settings.Core, now) : null));
        }
    }

    private async Task StartAsync(RestCall call)
    {
        if (!JobName.TryParse(call["name"], out var name, out _))
        {
            await JobsErrors.UnknownJobAsync(call.Context, call["name"]);
            return;
        }

        var arguments = call.Text("arguments");
        if (arguments?.Contains('\0', StringComparison.Ordinal) == true)
        {
            await JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, "arguments has a NUL character; texts must not");
            return;
        }

        if (!RunRoutes.TryKey(call, out var key, out var problem))
        {
            await JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        await commands.RunAsync(
            call,
            new JobsCommand.Start(name, string.IsNullOrWhiteSpace(arguments) ? null : arguments, [], key),
            outcome => call.WantsExtras ? RestCommands.StartedAsync(call, outcome) : RestAnswer.EmptyAsync(call.Context, StatusCodes.Status204NoContent));
    }

    // Unlike everything else about an unknown job this is no error.
    private async Task MarkAsync(RestCall call)
    {
        var outcome = JobName.TryParse(call["name"], out var name, out _) ? await parts.Loop.CallAsync(new JobsCommand.MarkSuccess(name), call.Cancel) : null;
        var isMarked = outcome is not (null or CommandOutcome.Refused);
        await RestAnswer.TextAsync(call.Context, StatusCodes.Status200OK, "text/plain;charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"marked job {JobsErrors.Shown(call["name"])} as successful: {(isMarked ? "true" : "false")}"));
    }

    private async Task ExplainAsync(RestCall call)
    {
        if (JobName.TryParse(call["name"], out var name, out _) && await parts.Loop.ExplainAsync(name, call.Cancel) is { } explanation)
        {
            await RestAnswer.JsonAsync(call.Context, json => ExplainJson.Write(json, explanation));
            return;
        }

        await JobsErrors.UnknownJobAsync(call.Context, call["name"]);
    }
}
