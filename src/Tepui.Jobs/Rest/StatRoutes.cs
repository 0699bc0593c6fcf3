using Microsoft.AspNetCore.Http;
using Tepui.Jobs.Rest.Json;
using Tepui.Runtime.Http;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>How long runs took: of one job with its last tasks, and of all jobs.</summary>
internal sealed class StatRoutes(RestParts parts)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes) => routes
        .Map("GET", "/job/stat/{name}", JobAsync)
        .Map("GET", "/stats/{stat}", AllAsync);

    private async Task JobAsync(RestCall call)
    {
        if (await JobRoutes.FindAsync(call, parts) is { } detail)
        {
            var times = new RunStatistics(parts.Times.Of(detail.Summary.Job.Name));
            await RestAnswer.JsonAsync(call.Context, json => StatJson.Write(json, detail, times, parts.Settings.HistoryLimit));
        }
    }

    private async Task AllAsync(RestCall call)
    {
        if (!RunStatistics.Names.TryGetValue(call["stat"], out var select))
        {
            await JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"'{JobsErrors.Shown(call["stat"])}' is not known; allowed are {string.Join(", ", RunStatistics.Names.Keys)}");
            return;
        }

        var view = await parts.Loop.ViewAsync(call.Cancel);
        var jobs = view.Jobs.Select(job => (job.Job.Name.Value, Seconds: select(new RunStatistics(parts.Times.Of(job.Job.Name))))).OrderByDescending(job => job.Seconds).ToList();
        await ListAnswer.WriteAsync(
            call.Context,
            [],
            jobs,
            (json, job) =>
            {
                json.WriteStartObject();
                json.WriteString("jobNameLabel"u8, job.Value);
                json.WriteDouble("time", job.Seconds);
                json.WriteEndObject();
            },
            []);
    }
}
