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

        await (draft.Spec is null
            ? JobsErrors.InvalidAsync(call.Context, draft.Problems)
            : commands.RunAsync(call, new JobsCommand.Put(draft, call.Flag("strict", false))));
    }
}
