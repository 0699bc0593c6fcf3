using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Tests.Http;

public sealed class MesosRouterTests
{
    private static readonly RequestDelegate s_state = _ => Task.CompletedTask;
    private static readonly RequestDelegate s_quota = _ => Task.CompletedTask;
    private static readonly RequestDelegate s_quotaOfRole = _ => Task.CompletedTask;
    private static readonly RequestDelegate s_version = _ => Task.CompletedTask;

    private readonly MesosRouter _router = new MesosRouter("slave(1)")
        .Map("/state", s_state)
        .Map("/quota", s_quota)
        .MapBelow("/quota", s_quotaOfRole)
        .MapGlobal("/version", s_version);

    [Theory]
    [InlineData("/state")]
    [InlineData("/slave(1)/state")]
    [InlineData("/state/")]
    public void Find_BareOrPrefixed_IsTheSameRoute(string path) => Assert.Same(s_state, _router.Find(path, out _));

    [Theory]
    [InlineData("/state.json")]
    [InlineData("/master/state")]
    [InlineData("/slave(2)/state")]
    [InlineData("/State")]
    [InlineData("/state/x")]
    [InlineData("/slave(1)/version")]
    [InlineData("/slave(1)")]
    [InlineData("/")]
    [InlineData("")]
    public void Find_AnythingElse_IsNotOurs(string path) => Assert.Null(_router.Find(path, out _));

    [Theory]
    [InlineData("/quota/web", "web")]
    [InlineData("/slave(1)/quota/web", "web")]
    [InlineData("/quota/a/b", "a/b")]
    public void Find_BelowARoute_KeepsTheRest(string path, string rest)
    {
        Assert.Same(s_quotaOfRole, _router.Find(path, out var found));
        Assert.Equal(rest, found);
        Assert.Same(s_quota, _router.Find("/quota", out _));
    }

    [Fact]
    public void Bare_PrefixedPath_LosesThePrefix()
    {
        Assert.Equal("/state", _router.Bare("/slave(1)/state"));
        Assert.Equal("/state", _router.Bare("/state"));
        Assert.Equal("/slave(1)x/state", _router.Bare("/slave(1)x/state"));
    }

    [Fact]
    public async Task Serve_EscapedPrefix_IsFound()
    {
        await using var server = await TestServer.StartAsync(new MesosRouter("slave(1)").Map("/state", c => Answer.TextAsync(c, 200, "here")));

        foreach (var path in (string[])["/slave%281%29/state", "/slave(1)/state", "/state"])
        {
            Assert.EndsWith("here", await server.RawAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Serve_UnknownPath_IsThe404OfTheApi()
    {
        await using var server = await TestServer.StartAsync(_router);

        var answer = await server.RawAsync("GET /nosuch HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/plain; charset=utf-8\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n404 Not Found.", answer, StringComparison.Ordinal);
    }
}
