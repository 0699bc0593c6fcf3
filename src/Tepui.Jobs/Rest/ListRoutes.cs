using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Views;
using Tepui.Jobs.Rest.Json;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary><c>/jobs</c>: all jobs, some of them, or in short.</summary>
internal sealed class ListRoutes(RestParts parts, RestCommands commands)
{
    private const int LimitStandard = 10;

    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes) => routes
        .Map("GET", "/jobs", ListAsync)
        .Map("DELETE", "/jobs", call => commands.RunAsync(call, new JobsCommand.RemoveAll()))
        .Map("GET", "/jobs/search", SearchAsync)
        .Map("GET", "/jobs/summary", SummaryAsync);

    private async Task ListAsync(RestCall call)
    {
        var view = await parts.Loop.ViewAsync(call.Cancel);
        await WriteAsync(call, view, view.Jobs, isMirrored: true);
    }

    private async Task SearchAsync(RestCall call)
    {
        if (!TryNumber(call, "limit", LimitStandard, out var limit) || !TryNumber(call, "offset", 0, out var offset))
        {
            await JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"limit is '{JobsErrors.Shown(call.Text("limit") ?? "")}' and offset is '{JobsErrors.Shown(call.Text("offset") ?? "")}'; both must be whole numbers from 0 to {int.MaxValue}");
            return;
        }

        var search = new JobSearch(call.Text("name"), call.Text("command"), call.Text("any"));
        var view = await parts.Loop.ViewAsync(call.Cancel);
        await WriteAsync(call, view, [.. view.Jobs.Where(job => search.Matches(job.Job.Spec)).Skip(offset).Take(limit)], isMirrored: false);
    }

    private async Task SummaryAsync(RestCall call)
    {
        var view = await parts.Loop.ViewAsync(call.Cancel);
        var extras = call.WantsExtras ? new JobExtras(view, parts.Settings.Core, parts.Options.Time.GetUtcNow()) : null;
        await ListAnswer.WriteAsync(call.Context, "{\"jobs\":"u8, view.Jobs, (json, job) => SummaryJson.Write(json, job, extras), "}"u8);
    }

    private async Task WriteAsync(RestCall call, JobsView view, IReadOnlyList<JobSummary> jobs, bool isMirrored)
    {
        var extras = call.WantsExtras ? new JobExtras(view, parts.Settings.Core, parts.Options.Time.GetUtcNow()) : null;
        await ListAnswer.WriteAsync(call.Context, [], jobs, (json, job) => JobDocuments.Write(json, job.Job, isMirrored, extras is null ? null : more => extras.Write(more, job)), []);
    }

    private static bool TryNumber(RestCall call, string name, int standard, out int number)
    {
        number = standard;
        return string.IsNullOrEmpty(call.Text(name)) || int.TryParse(call.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
