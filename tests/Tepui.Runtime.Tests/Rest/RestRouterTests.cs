using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;

namespace Tepui.Runtime.Tests.Rest;

public sealed class RestRouterTests
{
    private readonly RestRouter _router = new(new PlainApi());

    public RestRouterTests()
    {
        Map("GET", "/job/stat/{name}");
        Map("POST", "/job/{name}/run");
        Map("GET", "/apps/{id*}/versions");
        Map("GET", "/apps/{id*}");
        Map("DELETE", "/apps/{id*}");
    }

    [Theory]
    [InlineData("GET", "/job/stat/run", "GET /job/stat/{name}")]
    [InlineData("HEAD", "/job/stat/run", "GET /job/stat/{name}")]
    [InlineData("POST", "/job/stat/run", "POST /job/{name}/run")]
    [InlineData("GET", "/apps/a/versions", "GET /apps/{id*}/versions")]
    [InlineData("DELETE", "/apps/a/b", "DELETE /apps/{id*}")]
    public async Task Serve_FirstThatTakesTheMethod_Answers(string method, string path, string expected)
    {
        var (isServed, context) = await ServeAsync(method, path);

        Assert.True(isServed);
        Assert.Equal(expected, context.Items["route"]);
    }

    [Theory]
    [InlineData("DELETE", "/job/stat/run", 405, "GET, POST, HEAD, OPTIONS")]
    [InlineData("OPTIONS", "/job/stat/run", 200, "GET, POST, HEAD, OPTIONS")]
    [InlineData("GET", "/job/a/run", 405, "POST, OPTIONS")]
    [InlineData("DELETE", "/apps/a/versions", 405, "GET, HEAD, OPTIONS")]
    public async Task Serve_WhenNoneTakesTheMethod_NamesTheMethodsOfAll(string method, string path, int code, string allowed)
    {
        var (isServed, context) = await ServeAsync(method, path);

        Assert.True(isServed);
        Assert.Null(context.Items["route"]);
        Assert.Equal((code, allowed), (context.Response.StatusCode, context.Response.Headers.Allow.ToString()));
    }

    [Fact]
    public async Task Serve_OtherPath_IsLeftToOthers() => Assert.False((await ServeAsync("GET", "/job")).IsServed);

    private void Map(string method, string template) => _router.Map(method, template, call =>
    {
        call.Context.Items["route"] = $"{method} {template}";
        return Task.CompletedTask;
    });

    private async Task<(bool IsServed, HttpContext Context)> ServeAsync(string method, string path)
    {
        var context = new DefaultHttpContext { Request = { Method = method, Path = path } };
        return (await _router.TryServeAsync(context), context);
    }

    private sealed class PlainApi : RestApi
    {
        public override Task ErrorAsync(HttpContext context, int status, string message)
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }

        public override Task InvalidJsonAsync(HttpContext context, string details) => ErrorAsync(context, StatusCodes.Status400BadRequest, details);
    }
}
