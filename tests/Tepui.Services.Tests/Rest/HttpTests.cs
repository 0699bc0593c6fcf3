using System.Net.Sockets;
using System.Text;

namespace Tepui.Services.Tests.Rest;

public sealed class HttpTests
{
    private const string App = """{"id":"/web","cmd":"sleep 1000","cpus":0.1,"mem":32}""";

    [Fact]
    public async Task Answer_Any_HasTheHeadersThatClientsRead()
    {
        await using var services = await Support.Services.StartAsync();

        var answer = await services.GetAsync("/v2/apps");

        Assert.Equal(200, answer.Code);
        Assert.Equal("application/json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-cache, no-store, must-revalidate", string.Join(", ", answer.Header("Cache-Control").Split(", ").Order(StringComparer.Ordinal)).Replace("must-revalidate, no-cache, no-store", "no-cache, no-store, must-revalidate", StringComparison.Ordinal));
        Assert.Equal("no-cache", answer.Header("Pragma"));
        Assert.Equal("0", answer.Header("Expires"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Equal($"http://127.0.0.1:{services.Host.Endpoint.Port}", answer.Header("X-Marathon-Leader"));
    }

    [Theory]
    [InlineData("GET", "/v2/nothing", 404, "URI not found")]
    [InlineData("GET", "/v2/apps/none", 404, "App '/none' does not exist")]
    [InlineData("GET", "/v2/apps//none/versions", 404, "App '/none' does not exist")]
    [InlineData("GET", "/v2/pods/none", 404, "Pod '/none' does not exist")]
    [InlineData("GET", "/v2/groups/none", 404, "Group '/none' does not exist")]
    [InlineData("GET", "/v2/deployments/none", 404, "none")]
    [InlineData("GET", "/v2/deployments/none?wait=NaN", 400, "NaN")]
    [InlineData("GET", "/v2/deployments/none?wait=601", 400, "601")]
    [InlineData("GET", "/v2/deployments/x/pause", 405, "Method Not Allowed")]
    [InlineData("PUT", "/v2/tasks", 405, "Method Not Allowed")]
    [InlineData("GET", "/v2/events", 405, "text/event-stream")]
    [InlineData("GET", "/v2/apps?label=a%3D%3D", 422, "a==")]
    [InlineData("GET", "/v2/apps/web/versions/yesterday", 422, "yesterday")]
    [InlineData("DELETE", "/v2/apps/web/tasks?scale=true&wipe=true", 400, "scale and wipe")]
    [InlineData("GET", "/v2/plugins/x/y", 404, "x")]
    [InlineData("POST", "/v2/eventSubscriptions?callbackUrl=ftp://x", 400, "ftp://x")]
    public async Task Request_ThatCannotBeServed_SaysWhyInJson(string method, string path, int status, string message)
    {
        await using var services = await Support.Services.StartAsync();

        var answer = await services.SendAsync(new HttpMethod(method), path, null);

        Assert.Equal(status, answer.Code);
        Assert.Contains(message, (string)answer.Json["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LookUp_OfNothing_HasEmptyDetails()
    {
        await using var services = await Support.Services.StartAsync();

        Assert.Empty((await services.GetAsync("/v2/apps/none")).Json["details"]!.AsArray());
    }

    [Fact]
    public async Task Post_Text_IsRefusedAsUnsupported()
    {
        await using var services = await Support.Services.StartAsync();

        Assert.Equal(415, (await services.PostAsync("/v2/apps", App, ("Content-Type", "application/x-www-form-urlencoded"))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":\"/a\",\"id\":\"/b\"}")]
    public async Task Post_UnreadableJson_SaysWhatTheParserSays(string body)
    {
        await using var services = await Support.Services.StartAsync();

        var answer = await services.PostAsync("/v2/apps", body);

        Assert.Equal(400, answer.Code);
        Assert.Equal("Invalid JSON", (string)answer.Json["message"]!);
        Assert.NotEmpty((string)answer.Json["details"]!);
    }

    [Fact]
    public async Task Post_HundredMegabytes_IsRefusedBeforeTheyAreSent()
    {
        await using var services = await Support.Services.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(services.Host.Endpoint);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /v2/apps HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n{"));

        var buffer = new byte[4096];
        var length = await stream.ReadAsync(buffer).AsTask().WaitAsync(Wait.Limit);

        var answer = Encoding.ASCII.GetString(buffer, 0, length);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("33554432 bytes", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_GzipWanted_IsCompressedUnlessSwitchedOff()
    {
        await using var services = await Support.Services.StartAsync();
        await using var plain = await Support.Services.StartAsync(settings => settings with { Compress = false });

        Assert.Equal("gzip", (await services.GetAsync("/v2/openapi.json", ("Accept-Encoding", "gzip"))).Header("Content-Encoding"));
        Assert.Equal("", (await plain.GetAsync("/v2/openapi.json", ("Accept-Encoding", "gzip"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task Credentials_Set_AreAskedOfEveryRequest()
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { Credentials = "me:secret", Realm = "here" });

        var without = await services.GetAsync("/v2/apps");
        var wrong = await services.GetAsync("/v2/apps", ("Authorization", "Basic " + Convert.ToBase64String("me:wrong"u8)));
        var right = await services.GetAsync("/v2/apps", ("Authorization", "Basic " + Convert.ToBase64String("me:secret"u8)));

        Assert.Equal((401, 401, 200), (without.Code, wrong.Code, right.Code));
        Assert.Equal("Basic realm=\"here\"", without.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task AllowedOrigins_Set_AreTold()
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { AllowedOrigins = ["http://a", "http://b"] });

        var answer = await services.SendAsync(HttpMethod.Options, "/v2/apps", null);

        Assert.Equal(200, answer.Code);
        Assert.Equal("http://a, http://b", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("POST", answer.Header("Allow"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 201)]
    [InlineData("Sec-Fetch-Site", "none", 201)]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "http://127.0.0.1:1", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://good.example", 201)]
    public async Task Change_FromAPage_PassesOnlyFromAllowedSites(string header, string value, int status)
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { AllowedOrigins = ["http://good.example"] });

        var answer = await services.PostAsync("/v2/apps", App, (header, value));

        Assert.Equal(status, answer.Code);
        Assert.Equal(status == 403, answer.Body.Contains("--access_control_allow_origin", StringComparison.Ordinal));
        Assert.Equal(200, (await services.GetAsync("/v2/apps", (header, value))).Code);
    }

    [Fact]
    public async Task Change_FromTheOwnPage_Passes()
    {
        await using var services = await Support.Services.StartAsync();

        Assert.Equal(201, (await services.PostAsync("/v2/apps", App, ("Origin", services.Host.Address.GetLeftPart(UriPartial.Authority)))).Code);
    }

    [Fact]
    public async Task Preflight_WithoutCredentials_IsAnswered()
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { Credentials = "me:secret", AllowedOrigins = ["http://good.example"] });

        var answer = await services.SendAsync(HttpMethod.Options, "/v2/apps", null, ("Origin", "http://good.example"), ("Access-Control-Request-Method", "GET"));

        Assert.Equal((200, "http://good.example"), (answer.Code, answer.Header("Access-Control-Allow-Origin")));
        Assert.Equal(401, (await services.SendAsync(HttpMethod.Options, "/v2/apps", null)).Code);
    }

    [Fact]
    public async Task Wait_ForADeployment_IsNoRequestUnderWay()
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { RequestsMax = 1 });
        var deployment = (string)(await services.PutAsync("/v2/apps/web", """{"cmd":"sleep 1000"}""")).Json["deploymentId"]!;
        using var slow = new TcpClient();
        await slow.ConnectAsync(services.Host.Endpoint);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v2/apps HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"));
        await Wait.UntilAsync(async () => (await services.GetAsync("/v2/apps")).Code == 503, () => "the limit is reached");

        Assert.Equal(200, (await services.GetAsync($"/v2/deployments/{deployment}?wait=0")).Code);
    }

    [Fact]
    public async Task RequestsMax_Reached_FurtherOnesAreTurnedAwayAtOnce()
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { RequestsMax = 1 });
        using var slow = new TcpClient();
        await slow.ConnectAsync(services.Host.Endpoint);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v2/apps HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"));

        var answer = 0;
        await Wait.UntilAsync(async () => (answer = (await services.GetAsync("/v2/apps")).Code) == 503, () => $"a second request is turned away; it was answered {answer}");
    }

    [Theory]
    [InlineData("text/plain", 200, "pong")]
    [InlineData("text/html", 200, "pong")]
    [InlineData("application/json", 200, "\"pong\"")]
    [InlineData("image/png", 204, "")]
    public async Task Ping_ByAccept_Answers(string accept, int status, string body)
    {
        await using var services = await Support.Services.StartAsync();

        var answer = await services.GetAsync("/ping", ("Accept", accept));

        Assert.Equal((status, body), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task Tasks_AsText_AreNotAcceptable()
    {
        await using var services = await Support.Services.StartAsync();

        Assert.Equal(406, (await services.GetAsync("/v2/tasks", ("Accept", "text/plain"))).Code);
    }
}
