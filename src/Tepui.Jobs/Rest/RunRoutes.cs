using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Rest.Json;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Runs of a job and of all jobs; starts, ends and repeats them.</summary>
internal sealed class RunRoutes(RestParts parts, RestCommands commands)
{
    // In bytes: the store holds it.
    private const int KeyMax = 255;
    private const int LimitStandard = 50;
    private const int LimitMax = 10_000;

    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes) => routes
        .Map("GET", "/job/{name}/runs", ListAsync)
        .Map("GET", "/job/{name}/runs/{run}", GetAsync)
        .Map("DELETE", "/job/{name}/runs/{run}", KillAsync)
        .Map("POST", "/job/{name}/run", StartAsync)
        .Map("POST", "/job/{name}/backfill", BackfillAsync)
        .Map("GET", "/runs", AllAsync);

    /// <summary>The key by which a client may repeat a request.</summary>
    public static bool TryKey(RestCall call, out string? key, [NotNullWhen(false)] out string? problem)
    {
        var text = call.Context.Request.Headers["Idempotency-Key"].ToString();
        key = text.Length == 0 ? null : text;
        problem = Encoding.UTF8.GetByteCount(text) is var length and > KeyMax ? $"The Idempotency-Key has {length} bytes; at most {KeyMax} are allowed" : null;
        return problem is null;
    }

    private async Task ListAsync(RestCall call)
    {
        if (await PageAsync(call) is not { } page || await JobRoutes.FindAsync(call, parts) is not { } detail)
        {
            return;
        }

        var framework = (await parts.Loop.ViewAsync(call.Cancel)).Framework;
        await RestAnswer.JsonAsync(call.Context, json => WriteList(json, detail.Runs.Skip(page.Offset).Take(page.Limit), framework.Value));
    }

    private async Task GetAsync(RestCall call)
    {
        if (await JobRoutes.FindAsync(call, parts) is not { } detail)
        {
            return;
        }

        if (!TryNumber(call, out var number) || detail.Runs.FirstOrDefault(run => run.Id.Number == number) is not { } found)
        {
            await UnknownRunAsync(call);
            return;
        }

        var framework = (await parts.Loop.ViewAsync(call.Cancel)).Framework;
        await RestAnswer.JsonAsync(call.Context, json => RunJson.Write(json, found, framework.Value));
    }

    private Task KillAsync(RestCall call) => !TryNumber(call, out var number)
        ? UnknownRunAsync(call)
        : commands.RunAsync(call, name => new JobsCommand.Kill(new RunId(name, number)));

    private async Task StartAsync(RestCall call)
    {
        if (!JobName.TryParse(call["name"], out var name, out _))
        {
            await JobsErrors.UnknownJobAsync(call.Context, call["name"]);
            return;
        }

        if (!TryKey(call, out var key, out var problem))
        {
            await JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        await commands.WithBodyAsync(call, JobRequests.Run, wish => new JobsCommand.Start(name, wish.Arguments, wish.Environment, key), outcome => RestCommands.StartedAsync(call, outcome));
    }

    private Task BackfillAsync(RestCall call) => !JobName.TryParse(call["name"], out var name, out _)
        ? JobsErrors.UnknownJobAsync(call.Context, call["name"])
        : commands.WithBodyAsync(call, JobRequests.Backfill, range => new JobsCommand.Backfill(name, range.From, range.To, IsDry(call)), outcome => RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            var counted = (CommandOutcome.Counted)outcome;
            json.WriteNumber("runs"u8, counted.Runs);
            if (IsDry(call))
            {
                json.WriteTime("first"u8, counted.First);
                json.WriteTime("last"u8, counted.Last);
            }

            json.WriteEndObject();
        }));

    private static bool IsDry(RestCall call) => call.Flag("dryRun", false);

    private async Task AllAsync(RestCall call)
    {
        if (await PageAsync(call) is not { } page)
        {
            return;
        }

        var state = call.Text("state") ?? "all";
        if (RunJson.Filter(state) is not { } isWanted)
        {
            await JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"state is '{JobsErrors.Shown(state)}'; allowed are all, active, {string.Join(", ", RunJson.States)}");
            return;
        }

        var view = await parts.Loop.ViewAsync(call.Cancel);
        var runs = view.OpenRuns.Concat(view.Jobs.Select(job => job.LastRun).OfType<Run>()).Where(isWanted).OrderByDescending(run => run.CreatedAt).ThenBy(run => run.Id);
        await RestAnswer.JsonAsync(call.Context, json => WriteList(json, runs.Skip(page.Offset).Take(page.Limit), view.Framework.Value));
    }

    private static void WriteList(Utf8JsonWriter json, IEnumerable<Run> list, string framework)
    {
        json.WriteStartArray();
        foreach (var run in list)
        {
            RunJson.Write(json, run, framework);
        }

        json.WriteEndArray();
    }

    private static async Task<(int Limit, int Offset)?> PageAsync(RestCall call)
    {
        if (TryPart(call, "limit", LimitStandard, LimitMax, out var limit) && TryPart(call, "offset", 0, int.MaxValue, out var offset))
        {
            return (limit, offset);
        }

        await JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"limit must be a whole number from 0 to {LimitMax}, and offset one from 0 to {int.MaxValue}; they are '{JobsErrors.Shown(call.Text("limit") ?? "")}' and '{JobsErrors.Shown(call.Text("offset") ?? "")}'");
        return null;
    }

    private static bool TryPart(RestCall call, string name, int standard, int most, out int number)
    {
        number = standard;
        return string.IsNullOrEmpty(call.Text(name)) || (int.TryParse(call.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most);
    }

    private static bool TryNumber(RestCall call, out long number) => long.TryParse(call["run"], NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static Task UnknownRunAsync(RestCall call) =>
        JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"Job '{JobsErrors.Shown(call["name"])}' has no run '{JobsErrors.Shown(call["run"])}'; the oldest are forgotten");
}
