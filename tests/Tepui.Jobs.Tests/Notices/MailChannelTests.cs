using System.Net;
using System.Net.Sockets;
using Tepui.Jobs.Notices;
using Tepui.Jobs.Notices.Mail;

namespace Tepui.Jobs.Tests.Notices;

/// <summary>Mails to a real mail server.</summary>
public class MailChannelTests
{
    [Fact]
    public async Task Mail_ToAnOwner_Arrives()
    {
        await using var postbox = await Postbox.StartAsync();
        var notice = A.Notice(owner: "Ann <ann@example.com>", message: "exited with 1\r\n.\r\nfür 😀", document: """{"description":"nightly","command":"tar"}""");

        Assert.Equal(NoticeResult.Told, await Channel(postbox.Server).SendAllAsync(notice));

        var mail = await postbox.NextAsync();
        Assert.Equal(("tepui@example.com", """["ann@example.com"]""", "false"), ($"{mail["from"]}", mail["to"]!.ToJsonString(), $"{mail["tls"]}"));
        var header = $"{mail["text"]}".ReplaceLineEndings("\n").Split("\n\n")[0].Split('\n');
        Assert.Equal(
            [
                "From: tepui@example.com", "To: ann@example.com", "Subject: [Tepui] job 'backup' failed", "Date: Thu, 01 May 2031 06:30:00 +0000", "Message-ID: <notice-42@example.com>",
                "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            ],
            header.Where(line => !line.StartsWith("X-", StringComparison.Ordinal)));
        Assert.Equal("[Tepui] job 'backup' failed\r\n\r\nexited with 1\r\n.\r\nfür 😀\r\n\r\nTime: 2031-05-01T06:30:00.000Z\r\nRun: 7\r\nDescription: nightly\r\nCommand: tar\r\n", Postbox.Body(mail));
    }

    [Fact]
    public void Targets_AreTheOwnersEachOnce() =>
        Assert.Equal(["mail:a@example.com", "mail:b@example.com"], Channel(new() { Host = "h", Port = 25, From = "f@x" }).Targets(A.Notice(owner: "a@example.com , b@example.com,a@example.com,")));

    [Theory]
    [InlineData(PostboxKind.Plain)]
    [InlineData(PostboxKind.Tls)]
    [InlineData(PostboxKind.StartTls)]
    public async Task Mail_WithALogin_Arrives(PostboxKind kind)
    {
        await using var postbox = await Postbox.StartAsync(kind, wantsLogin: true);

        Assert.Equal(NoticeResult.Told, await Channel(postbox.Server with { User = "me", Password = "it" }).SendAllAsync(A.Notice(owner: "a@example.com")));

        var mail = await postbox.NextAsync();
        Assert.Equal((kind == PostboxKind.Plain ? "false" : "true", "true"), ($"{mail["tls"]}", $"{mail["user"]}"));
    }

    [Fact]
    public async Task Mail_WithAWrongPassword_FailsAndIsTriedAgain()
    {
        await using var postbox = await Postbox.StartAsync(wantsLogin: true);

        var result = await Channel(postbox.Server with { User = "me", Password = "wrong" }).SendAllAsync(A.Notice(owner: "a@example.com"));

        Assert.Contains("refused the login: 535", result.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", result.Problem, StringComparison.Ordinal);
        Assert.False(result.IsFinal);
    }

    [Theory]
    [InlineData("gone@example.com", "550 5.1.1 nobody here", true)]
    [InlineData("full@example.com", "452 4.2.2 mailbox full", false)]
    public async Task Mail_ToOneWhoCannotHaveIt_SaysWhetherToTryAgain(string owner, string problem, bool isFinal)
    {
        await using var postbox = await Postbox.StartAsync();

        var result = await Channel(postbox.Server).SendAllAsync(A.Notice(owner: owner));

        Assert.Equal(new($"the mail server refused the recipient: {problem}", isFinal), result);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b>\r\nRCPT TO:<c@d")]
    [InlineData("a b@c")]
    [InlineData("ü@example.com")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    public async Task Mail_ToWhatIsNoAddress_IsRefusedWithoutAServer(string owner)
    {
        var channel = Channel(new() { Host = "127.0.0.1", Port = 1, From = "f@x" });

        Assert.Equal(NoticeResult.Refused("it is not a mail address"), await channel.SendAsync(A.Notice(), "mail:" + owner, CancellationToken.None));
    }

    [Theory]
    [InlineData(PostboxKind.Tls)]
    [InlineData(PostboxKind.StartTls)]
    public async Task Mail_ToAServerThatIsNotTrusted_Fails(PostboxKind kind)
    {
        await using var postbox = await Postbox.StartAsync(kind);

        var result = await Channel(postbox.Server with { Trust = null }).SendAllAsync(A.Notice(owner: "a@example.com"));

        Assert.Contains("certificate", result.Problem, StringComparison.Ordinal);
        Assert.False(result.IsFinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("220 hello\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("220 hello\r\n250-a\r\n250-b\r\n")]
    public async Task Mail_ToAServerThatHangsOrIsNone_FailsInTime(string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptTcpClientAsync();
        var server = new MailServer { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, From = "f@x" };
        var sending = new MailChannel(server, TimeSpan.FromMilliseconds(300), TimeProvider.System).SendAllAsync(A.Notice(owner: "a@example.com"));
        using var client = await accepting.WaitAsync(Wait.Limit);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(says));

        var result = await sending;

        Assert.Contains(says.StartsWith("HTTP", StringComparison.Ordinal) ? "does not answer like a mail server" : "did not take it within 0.3 s", result.Problem, StringComparison.Ordinal);
        Assert.False(result.IsFinal);
    }

    [Fact]
    public async Task Mail_ToAServerThatIsAway_Fails()
    {
        var result = await Channel(new() { Host = "127.0.0.1", Port = 1, From = "f@x" }).SendAllAsync(A.Notice(owner: "a@example.com"));

        Assert.Contains("127.0.0.1:1: Connection refused", result.Problem, StringComparison.Ordinal);
    }

    private static MailChannel Channel(MailServer server) => new(server, MailChannel.Limit, TimeProvider.System);
}
