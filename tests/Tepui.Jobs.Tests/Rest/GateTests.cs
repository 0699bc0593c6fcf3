using System.Text.Json.Nodes;

namespace Tepui.Jobs.Tests.Rest;

public sealed class GateTests
{
    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/scheduler/nowhere", 404)]
    [InlineData("DELETE", "/scheduler/leader", 405)]
    public async Task Error_HasStatusMessageAndProblems(string method, string path, int code)
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var answer = await jobs.SendAsync(new HttpMethod(method), path, null);

        Assert.Equal(code, answer.Code);
        Assert.Equal(code == 404 ? "Not Found" : "Method Not Allowed", (string)answer.Json["status"]!);
        Assert.NotEmpty((string)answer.Json["message"]!);
        Assert.Empty(answer.Json["problems"]!.AsArray());
    }

    [Theory]
    [InlineData("/scheduler/leader")]
    [InlineData("/v1/scheduler/leader")]
    public async Task Leader_IsThisProcess_BelowBothPrefixes(string path)
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var answer = await jobs.GetAsync(path);

        Assert.Equal($"127.0.0.1:{jobs.Host.Endpoint.Port}", (string)answer.Json["leader"]!);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Credentials_Set_AreWantedOfEveryRequest()
    {
        await using var jobs = await Support.Jobs.StartAsync(settings => settings with { Credentials = "me:it" });

        Assert.Equal(401, (await jobs.GetAsync("/scheduler/leader")).Code);
        Assert.Equal(401, (await jobs.GetAsync("/scheduler/leader", ("Authorization", "Basic eDp5"))).Code);
        Assert.Equal(200, (await jobs.GetAsync("/scheduler/leader", ("Authorization", "Basic bWU6aXQ="))).Code);
    }

    [Fact]
    public async Task Change_FromAPageOfAnotherSite_IsRefused()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var answer = await jobs.PostAsync("/logging", """{"level":"debug"}""", ("Origin", "http://evil.example"), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(403, answer.Code);
    }

    [Theory]
    [InlineData("http://mine.example", true)]
    [InlineData("http://other.example", false)]
    public async Task Preflight_OfAnOriginThatMayChangeJobs_AllowsIt(string origin, bool isAllowed)
    {
        await using var jobs = await Support.Jobs.StartAsync(settings => settings with { AllowedOrigins = ["http://mine.example"] });

        var answer = await jobs.SendAsync(HttpMethod.Options, "/scheduler/jobs", null, ("Origin", origin), ("Access-Control-Request-Method", "PUT"));

        Assert.Equal(isAllowed, answer.Header("Access-Control-Allow-Methods").Contains("PUT", StringComparison.Ordinal));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Ping_Metrics_Logging_Help_AreThere()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        Assert.Equal("pong", (await jobs.GetAsync("/ping")).Body);
        Assert.Equal("INFO", (string)(await jobs.GetAsync("/logging")).Json["ROOT"]!);
        Assert.Contains("/scheduler/leader", (await jobs.GetAsync("/help")).Body, StringComparison.Ordinal);
        Assert.Contains("tepui_queueSize 0", (await jobs.GetAsync("/metrics/prometheus")).Body, StringComparison.Ordinal);
        var gauges = (JsonObject)(await jobs.GetAsync("/metrics")).Json["gauges"]!;
        Assert.Equal(0, (int)gauges["queueSize"]!["value"]!);
        Assert.Equal(0, (int)gauges["highQueueSize"]!["value"]!);
    }
}
