using Tepui.Runtime.Flags;

namespace Tepui.Jobs.Notices;

/// <summary>Where notices go beside the webhooks of jobs; what is not set is not used.</summary>
public sealed record NoticeSettings
{
    /// <summary>Shell command run for each notice.</summary>
    public string? Command { get; init; }

    /// <summary>SMTP server, HOST:PORT.</summary>
    public string? MailServer { get; init; }

    /// <summary>User told to the mail server.</summary>
    public string? MailUser { get; init; }

    /// <summary>Password told to the mail server.</summary>
    public string? MailPassword { get; init; }

    /// <summary>Sender of mails.</summary>
    public string? MailFrom { get; init; }

    /// <summary>Speak TLS with the mail server.</summary>
    public bool MailTls { get; init; }

    /// <summary>Sentry project.</summary>
    public string? RavenDsn { get; init; }

    /// <summary>Webhook of Slack.</summary>
    public Uri? SlackUrl { get; init; }

    /// <summary>Webhook of Mattermost.</summary>
    public Uri? MattermostUrl { get; init; }

    /// <summary>Address that gets each notice as JSON.</summary>
    public Uri? HttpUrl { get; init; }

    /// <summary>USER:PASSWORD for it.</summary>
    public string? HttpCredentials { get; init; }

    /// <summary>Reads the settings; adds what is wrong to <paramref name="problems"/>.</summary>
    public static NoticeSettings From(FlagValues flags, List<string> problems) => new()
    {
        Command = flags.Text("notification_command"),
        MailServer = flags.Text("mail_server"),
        MailUser = flags.Text("mail_user"),
        MailPassword = flags.Text("mail_password"),
        MailFrom = flags.Text("mail_from"),
        MailTls = flags.Boolean("mail_ssl"),
        RavenDsn = flags.Text("raven_dsn"),
        SlackUrl = Url(flags, "slack_url", problems),
        MattermostUrl = Url(flags, "mattermost_url", problems),
        HttpUrl = Url(flags, "http_notification_url", problems),
        HttpCredentials = flags.Text("http_notification_credentials"),
    };

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

        problems.Add($"--{name} is '{text}'; an address is needed, as in https://hooks.example.com/x.");
        return null;
    }
}
