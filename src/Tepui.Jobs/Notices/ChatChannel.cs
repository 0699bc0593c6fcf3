using System.Text.Json;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Posts notices to a webhook of Slack, Mattermost or others that take <c>{"text"}</c>.</summary>
/// <param name="name">Name.</param>
/// <param name="post">Posts it.</param>
/// <param name="url">Where to.</param>
/// <param name="hasMarkup">Signs such as &lt; mean something, as in Slack, where a job could call everybody with them.</param>
internal sealed class ChatChannel(string name, WebPost post, Uri url, bool hasMarkup) : INoticeChannel
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Targets(Notice notice) => [name];

    /// <inheritdoc/>
    public Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel) =>
        post.SendAsync(url, JsonSerializer.SerializeToUtf8Bytes(new { text = Text(notice) }), credentials: null, header: null, cancel);

    private string Text(Notice notice)
    {
        var line = NoticeText.Line(notice);
        return hasMarkup ? line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal) : line;
    }
}
