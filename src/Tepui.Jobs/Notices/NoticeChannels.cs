using Tepui.Jobs.Notices.Mail;

namespace Tepui.Jobs.Notices;

/// <summary>All ways to tell people that the settings name, and the webhooks of jobs.</summary>
internal sealed class NoticeChannels : IDisposable
{
    private readonly WebPost _post;

    /// <summary>Makes them.</summary>
    public NoticeChannels(NoticeSettings settings, TimeProvider time)
    {
        _post = new(WebPost.Limit, time);
        All = [.. Of(settings, _post, time)];
    }

    /// <summary>In no order.</summary>
    public IReadOnlyList<INoticeChannel> All { get; }

    /// <inheritdoc/>
    public void Dispose() => _post.Dispose();

    private static IEnumerable<INoticeChannel> Of(NoticeSettings settings, WebPost post, TimeProvider time)
    {
        yield return new WebhookChannel(post);
        if (settings.HttpUrl is { } http)
        {
            yield return new HttpChannel(post, http, settings.HttpCredentials);
        }

        if (settings.SlackUrl is { } slack)
        {
            yield return new ChatChannel("slack", post, slack, hasMarkup: true);
        }

        if (settings.MattermostUrl is { } mattermost)
        {
            yield return new ChatChannel("mattermost", post, mattermost, hasMarkup: false);
        }

        if (settings.Sentry is { } sentry)
        {
            yield return new SentryChannel(post, sentry);
        }

        if (settings.Mail is { } mail)
        {
            yield return new MailChannel(mail, MailChannel.Limit, time);
        }

        if (settings.Command is { } command)
        {
            yield return new CommandChannel(command, CommandChannel.Limit, time);
        }
    }
}
