using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Posts all notices to one address, as Chronos does: once for each owner of the job.</summary>
internal sealed class HttpChannel(WebPost post, Uri url, string? credentials) : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public IReadOnlyList<string> Targets(Notice notice) => NoticeText.Owners(notice) is { Count: > 0 } owners ? [.. owners.Select(owner => $"http:{owner}")] : ["http"];

    /// <inheritdoc/>
    public Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel) =>
        post.SendAsync(url, NoticeText.Json(notice, target == Name ? "" : target["http:".Length..]), credentials, header: null, cancel);
}
