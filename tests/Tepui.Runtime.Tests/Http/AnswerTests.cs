using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Tests.Http;

public sealed class AnswerTests
{
    private static readonly byte[] s_large = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 1000)) + "]");

    [Fact]
    public async Task Empty_Status200_HasNoContentType()
    {
        await using var server = await TestServer.StartAsync(new MesosRouter("master").Map("/health", c => Answer.EmptyAsync(c, 200)));

        var answer = await server.RawAsync("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 0\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MethodNotAllowed_TwoMethods_NamesThem()
    {
        await using var server = await TestServer.StartAsync(new MesosRouter("master").Map("/weights", c => Answer.MethodNotAllowedAsync(c, "GET", "PUT")));

        var answer = await server.RawAsync("POST /weights HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 405 Method Not Allowed\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Allow: GET, PUT\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("405 Method Not Allowed. Expecting one of { 'GET', 'PUT' }, but received 'POST'.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_WithJsonp_IsWrapped()
    {
        await using var server = await TestServer.StartAsync(JsonRouter("{}"u8.ToArray()));

        using var answer = await server.Client.GetAsync("/state?jsonp=foo");

        Assert.Equal("foo({});", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("deflate", false)]
    public async Task Json_Large_IsPackedOnlyWhenAccepted(string encodings, bool packed)
    {
        await using var server = await TestServer.StartAsync(JsonRouter(s_large));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/state");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);

        using var answer = await server.Client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(packed, answer.Content.Headers.ContentEncoding.Contains("gzip"));
        Assert.Equal(s_large, packed ? Unpack(body) : body);
    }

    [Fact]
    public async Task Json_Small_IsNotPacked()
    {
        await using var server = await TestServer.StartAsync(JsonRouter("{}"u8.ToArray()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/state");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");

        using var answer = await server.Client.SendAsync(request);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Json_AnyMethod_AnswersAsGet(string method)
    {
        await using var server = await TestServer.StartAsync(JsonRouter("{}"u8.ToArray()));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/state");

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Json_Head_TellsTheLength()
    {
        await using var server = await TestServer.StartAsync(JsonRouter(s_large));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/state");

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(s_large.Length, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Handler_Throws_AnswersWithoutAStackTrace()
    {
        await using var server = await TestServer.StartAsync(new MesosRouter("master").Map("/state", _ => throw new InvalidOperationException("secret")));

        using var answer = await server.Client.GetAsync("/state");
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(StatusCodes.Status500InternalServerError, (int)answer.StatusCode);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", body, StringComparison.Ordinal);
    }

    private static MesosRouter JsonRouter(byte[] json) =>
        new MesosRouter("master").Map("/state", c => Answer.JsonAsync(c, output => System.Buffers.BuffersExtensions.Write(output, json)));

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
