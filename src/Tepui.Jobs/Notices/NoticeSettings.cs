using Tepui.Jobs.Notices.Mail;
using Tepui.Runtime.Flags;

namespace Tepui.Jobs.Notices;

/// <summary>Where notices go beside the webhooks of jobs; what is not set is not used.</summary>
public sealed record NoticeSettings
{
    /// <summary>Shell command run for each notice.</summary>
    public string? Command { get; init; }

    /// <summary>Where mails to owners go through.</summary>
    public MailServer? Mail { get; init; }

    /// <summary>DSN of a Sentry project.</summary>
    public string? SentryDsn { get; init; }

    /// <summary>Webhook of Slack.</summary>
    public Uri? SlackUrl { get; init; }

    /// <summary>Webhook of Mattermost.</summary>
    public Uri? MattermostUrl { get; init; }

    /// <summary>Address that gets each notice as JSON.</summary>
    public Uri? HttpUrl { get; init; }

    /// <summary>USER:PASSWORD for it.</summary>
    public string? HttpCredentials { get; init; }

    /// <summary>Notices of every job go somewhere.</summary>
    public bool TellsOfAll => Command is not null || SentryDsn is not null || SlackUrl is not null || MattermostUrl is not null || HttpUrl is not null;

    /// <summary>The Sentry project.</summary>
    internal SentryProject? Sentry => SentryDsn is { } dsn ? SentryProject.Parse(dsn) : null;

    /// <summary>Reads the settings; adds what is wrong to <paramref name="problems"/>.</summary>
    public static NoticeSettings From(FlagValues flags, List<string> problems) => new()
    {
        Command = flags.Text("notification_command") is { Length: > 0 } command ? command : null,
        Mail = MailServer.Read(flags, problems),
        SentryDsn = Dsn(flags, problems),
        SlackUrl = Url(flags, "slack_url", problems),
        MattermostUrl = Url(flags, "mattermost_url", problems),
        HttpUrl = Url(flags, "http_notification_url", problems),
        HttpCredentials = flags.Text("http_notification_credentials") is { Length: > 0 } credentials ? credentials : null,
    };

    // Addresses of hooks are secrets: they are not repeated.
    private static Uri? Url(FlagValues flags, string name, List<string> problems)
    {
        if (flags.Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        problems.Add($"--{name} is not an address that begins with http:// or https://, as in https://hooks.example.com/x.");
        return null;
    }

    private static string? Dsn(FlagValues flags, List<string> problems)
    {
        if (flags.Text("raven_dsn") is not { Length: > 0 } text)
        {
            return null;
        }

        if (SentryProject.Parse(text) is null)
        {
            problems.Add("--raven_dsn is not of the form https://KEY:SECRET@HOST/PROJECT.");
        }

        return text;
    }
}
