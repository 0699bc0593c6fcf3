using Microsoft.AspNetCore.Http;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Documents;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary><c>/iso8601</c> and <c>/dependency</c>: makes jobs or replaces them.</summary>
internal sealed class SubmitRoutes(RestParts parts, RestCommands commands)
{
    /// <summary>Adds the routes. Before version 3, PUT did the same as POST.</summary>
    public void Map(RouteTable routes) => routes
        .Map("POST", "/iso8601", call => PutAsync(call, DraftKind.Scheduled))
        .Map("PUT", "/iso8601", call => PutAsync(call, DraftKind.Scheduled))
        .Map("POST", "/dependency", call => PutAsync(call, DraftKind.Dependent))
        .Map("PUT", "/dependency", call => PutAsync(call, DraftKind.Dependent));

    private async Task PutAsync(RestCall call, DraftKind kind)
    {
        var draft = await JobsBody.ReadAsync(call, JobDocuments.BytesMax, body => JobDocuments.Read(body, kind, parts.Settings.Core, parts.Options.Time.GetUtcNow()));
        if (draft is null)
        {
            return;
        }

        if (draft.Spec is null)
        {
            await JobsErrors.InvalidAsync(call.Context, draft.Problems);
            return;
        }

        var put = new JobsCommand.Put(draft, call.Flag("strict", false), call.Flag("keepSchedule", false), call.Flag("dryRun", false));
        await commands.RunAsync(call, put, outcome => outcome is CommandOutcome.Planned planned ? PlannedAsync(call, planned) : RestAnswer.EmptyAsync(call.Context, StatusCodes.Status204NoContent));
    }

    private static Task PlannedAsync(RestCall call, CommandOutcome.Planned planned) => RestAnswer.JsonAsync(call.Context, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("before"u8);
        if (planned.Before is { } before)
        {
            JobDocuments.WriteSpec(json, before);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("after"u8);
        JobDocuments.WriteSpec(json, planned.After);
        json.WriteEndObject();
    });
}
