using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Tepui.Jobs.Notices;

namespace Tepui.Jobs.Tests.Notices;

public sealed class WebChannelTests : IAsyncLifetime, IDisposable
{
    private readonly WebPost _post = new(WebPost.Limit, TimeProvider.System);
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public void Dispose() => _post.Dispose();

    [Fact]
    public async Task Http_WithOwners_PostsToEachWithCredentials()
    {
        var channel = new HttpChannel(_post, new(_receiver.Url, "/hook?a=b"), "me:it");
        var notice = A.Notice(owner: " a@example.com, b@example.com,,a@example.com");

        Assert.Equal(["http:a@example.com", "http:b@example.com"], channel.Targets(notice));
        Assert.Equal(NoticeResult.Told, await channel.SendAsync(notice, "http:b@example.com", CancellationToken.None));

        var (path, headers, json) = Assert.Single(_receiver.Requests);
        Assert.Equal("/hook", path);
        Assert.Equal("application/json", headers["Content-Type"]);
        Assert.Equal("Basic " + Convert.ToBase64String("me:it"u8), headers["Authorization"]);
        Assert.Equal(
            """{"subject":"[Tepui] job 'backup' failed","message":"run 7 of job 'backup' failed: exited with 1","to":"b@example.com","job":"backup","command":"true","errorCount":"3","id":42,"event":"failure","time":"2031-05-01T06:30:00.000Z","run":7}""",
            json.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task Http_WithoutOwner_PostsOnce()
    {
        var channel = new HttpChannel(_post, _receiver.Url, credentials: null);

        Assert.Equal(["http"], channel.Targets(A.Notice()));
        Assert.Equal(NoticeResult.Told, await channel.SendAllAsync(A.Notice()));

        var (_, headers, json) = Assert.Single(_receiver.Requests);
        Assert.Null(json["to"]);
        Assert.DoesNotContain("Authorization", headers);
    }

    [Fact]
    public async Task Webhook_OfAJob_GetsThePostWithTheCredentialsInItsAddress()
    {
        var channel = new WebhookChannel(_post);
        var hook = new UriBuilder(_receiver.Url) { UserName = "me", Password = "i%3At", Path = "/w" }.Uri;

        Assert.Empty(channel.Targets(A.Notice()));
        Assert.Equal(NoticeResult.Told, await channel.SendAllAsync(A.Notice(owner: "a@example.com", webhook: hook.ToString())));

        var (path, headers, json) = Assert.Single(_receiver.Requests);
        Assert.Equal(("/w", "Basic " + Convert.ToBase64String("me:i:t"u8)), (path, headers["Authorization"]));
        Assert.Equal("a@example.com", $"{json["to"]}");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public async Task Webhook_ThatIsNoWebAddress_IsRefused(string webhook) => Assert.True((await new WebhookChannel(_post).SendAllAsync(A.Notice(webhook: webhook))).IsFinal);

    [Theory]
    [InlineData("slack", "&lt;!channel&gt; &amp; all")]
    [InlineData("mattermost", "<!channel> & all")]
    public async Task Chat_OfANotice_GetsALineWithoutMarkup(string name, string expected)
    {
        Assert.Equal(NoticeResult.Told, await new ChatChannel(name, _post, _receiver.Url, hasMarkup: name == "slack").SendAllAsync(A.Notice(message: "it \"broke\" <!channel> & all")));
        Assert.Equal($"[Tepui] job 'backup' failed: it \"broke\" {expected}", $"{(await _receiver.BodiesAsync(1))[0]["text"]}");
    }

    [Fact]
    public async Task Sentry_OfANotice_GetsAnEventOfTheProject()
    {
        var project = SentryProject.Parse($"async+http://key:secret@{_receiver.Url.Authority}/sub/17?x=y")!;
        Assert.Equal(NoticeResult.Told, await new SentryChannel(_post, project).SendAllAsync(A.Notice(owner: "a@example.com")));

        var (path, headers, json) = Assert.Single(_receiver.Requests);
        Assert.Equal("/sub/api/17/store/", path);
        Assert.Equal("Sentry sentry_version=7, sentry_client=tepui/1.0, sentry_key=key, sentry_secret=secret", headers["X-Sentry-Auth"]);
        Assert.Equal(("0000000000000000000000000000002a", "error", "a@example.com", "backup", "3"), ($"{json["event_id"]}", $"{json["level"]}", $"{json["tags"]!["owner"]}", $"{json["tags"]!["job"]}", $"{json["extra"]!["errorCount"]}"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("https://host/1")]
    [InlineData("https://key@host/")]
    [InlineData("ftp://key@host/1")]
    public void Sentry_OfSomethingElse_IsNoProject(string dsn) => Assert.Null(SentryProject.Parse(dsn));

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task Post_ThatIsNotTaken_SaysTheStatusAndFollowsNothing(int status)
    {
        _receiver.Status = status;

        var result = await new HttpChannel(_post, _receiver.Url, credentials: null).SendAllAsync(A.Notice());

        Assert.Equal(NoticeResult.Failed($"127.0.0.1 answered {status}"), result);
        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task Post_WithoutAnAnswer_EndsAtItsLimit()
    {
        _receiver.Hangs = true;
        using var post = new WebPost(TimeSpan.FromMilliseconds(200), TimeProvider.System);

        Assert.Equal(NoticeResult.Failed("no answer from 127.0.0.1 within 0.2 s"), await new HttpChannel(post, _receiver.Url, credentials: null).SendAllAsync(A.Notice()));
    }

    [Fact]
    public async Task Post_WhereNobodyListens_Fails()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var result = await new HttpChannel(_post, new($"http://me:secret@127.0.0.1:{port}/token"), credentials: null).SendAllAsync(A.Notice());

        Assert.Contains("refused", result.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("token", result.Problem, StringComparison.Ordinal);
        Assert.False(result.IsFinal);
    }

    [Fact]
    public void Json_OfAStrangeJob_IsStillJson()
    {
        var text = Encoding.UTF8.GetString(NoticeText.Json(A.Notice(message: "a\u0000\n\"\\ 😀", document: """{"command":"x\u0001","subject":"no"}"""), "t"));

        Assert.Equal("a\u0000\n\"\\ 😀", JsonDocument.Parse(text).RootElement.GetProperty("message").GetString());
    }
}
