using System.Text.Json;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Posts notices to a webhook of Slack, Mattermost or others that take <c>{"text"}</c>.</summary>
internal sealed class ChatChannel(string name, WebPost post, Uri url) : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Targets(Notice notice) => [name];

    /// <inheritdoc/>
    public Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel) =>
        post.SendAsync(url, JsonSerializer.SerializeToUtf8Bytes(new { text = NoticeText.Line(notice) }), credentials: null, header: null, cancel);
}
