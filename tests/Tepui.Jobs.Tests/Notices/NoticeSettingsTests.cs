using Tepui.Jobs.Notices;
using Tepui.Jobs.Notices.Mail;
using Tepui.Runtime.Flags;

namespace Tepui.Jobs.Tests.Notices;

public class NoticeSettingsTests
{
    [Fact]
    public void From_NoFlags_TellsNobody()
    {
        var settings = Read(out var problems);

        Assert.Empty(problems);
        Assert.Equal(new NoticeSettings(), settings);
        Assert.False(settings.TellsOfAll);
    }

    [Fact]
    public void From_AllFlags_HasAllWays()
    {
        var settings = Read(
            out var problems,
            "--notification_command=page", "--mail_server=mail.example.com:587", "--mail_from=Tepui <tepui@example.com>", "--mail_user=me", "--mail_password=it", "--mail_ssl",
            "--raven_dsn=https://key@sentry.example.com/1", "--slack_url=https://s/", "--mattermost_url=https://m/", "--http_notification_url=https://h/", "--http_notification_credentials=me:it");

        Assert.Empty(problems);
        Assert.True(settings.TellsOfAll);
        Assert.Equal(new MailServer { Host = "mail.example.com", Port = 587, From = "tepui@example.com", User = "me", Password = "it", Tls = true }, settings.Mail);
        Assert.True(settings.Mail!.IsTlsCommand);
        using var channels = new NoticeChannels(settings, TimeProvider.System);
        Assert.Equal(["command", "http", "mail", "mattermost", "sentry", "slack", "webhook"], channels.All.Select(channel => channel.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mail.example.com:465", true, false)]
    [InlineData("mail.example.com:25", true, true)]
    [InlineData("[::1]:2525", true, false)]
    [InlineData("mail.example.com:587", false, false)]
    public void From_APort_TellsHowTlsBegins(string server, bool tls, bool isCommand)
    {
        var settings = Read(out _, $"--mail_server={server}", "--mail_from=a@b", tls ? "--mail_ssl=true" : "--mail_ssl=false");

        Assert.Equal((tls, isCommand), (settings.Mail!.Tls, settings.Mail.IsTlsCommand));
    }

    [Theory]
    [InlineData("--mail_server is 'mail'; it must be HOST:PORT", "--mail_server=mail", "--mail_from=a@b")]
    [InlineData("--mail_server is 'mail:0'", "--mail_server=mail:0", "--mail_from=a@b")]
    [InlineData("--mail_server is ':25'", "--mail_server=:25", "--mail_from=a@b")]
    [InlineData("--mail_server is 'mail:99999999999'", "--mail_server=mail:99999999999", "--mail_from=a@b")]
    [InlineData("--mail_from is missing", "--mail_server=mail:25", "--mail_ssl")]
    [InlineData("--mail_from is 'nobody'", "--mail_server=mail:25", "--mail_from=nobody")]
    [InlineData("--slack_url is not an address that begins with http", "--slack_url=hooks.example.com/token", "--mail_ssl")]
    [InlineData("--raven_dsn is not of the form", "--raven_dsn=https://host/1", "--mail_ssl")]
    public void From_AMistake_SaysWhatIsAllowed(string expected, params string[] flags)
    {
        Read(out var problems, flags);

        var problem = Assert.Single(problems);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("token", problem, StringComparison.Ordinal);
    }

    private static NoticeSettings Read(out List<string> problems, params string[] arguments)
    {
        problems = [];
        return NoticeSettings.From(FlagParser.Parse(FlagTable.Jobs, arguments, _ => null), problems);
    }
}
