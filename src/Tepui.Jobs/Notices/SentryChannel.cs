using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Posts notices to a project of Sentry.</summary>
internal sealed class SentryChannel(WebPost post, SentryProject project) : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => "sentry";

    /// <inheritdoc/>
    public IReadOnlyList<string> Targets(Notice notice) => [Name];

    /// <inheritdoc/>
    public Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel)
    {
        var job = JsonNode.Parse(notice.Document)!.AsObject();
        var json = new JsonObject
        {
            // The same each time it is tried, so that it is one there.
            ["event_id"] = notice.Sequence.ToString("x32", CultureInfo.InvariantCulture),
            ["timestamp"] = NoticeText.Time(notice),
            ["level"] = notice.Kind is NoticeKind.Failure ? "error" : notice.Kind is NoticeKind.Recovery ? "info" : "warning",
            ["logger"] = "tepui",
            ["platform"] = "other",
            ["message"] = NoticeText.Line(notice),
            ["tags"] = new JsonObject { ["owner"] = notice.Owner, ["job"] = notice.Job.Value, ["event"] = NoticeText.Word(notice.Kind) },
            ["extra"] = job,
        };
        return post.SendAsync(project.Store, JsonSerializer.SerializeToUtf8Bytes(json), credentials: null, ("X-Sentry-Auth", project.Authorization), cancel);
    }
}
