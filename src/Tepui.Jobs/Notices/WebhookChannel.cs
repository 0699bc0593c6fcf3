using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Posts notices to the address that their job names.</summary>
internal sealed class WebhookChannel(WebPost post) : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public IReadOnlyList<string> Targets(Notice notice) => notice.Webhook is null ? [] : [Name];

    /// <inheritdoc/>
    public async Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel) =>
        Uri.TryCreate(notice.Webhook, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? await post.SendAsync(url!, NoticeText.Json(notice, notice.Owner), credentials: null, header: null, cancel)
            : NoticeResult.Refused("the webhook is not an address that begins with http:// or https://");
}
