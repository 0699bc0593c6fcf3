using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Tests.Http;

public sealed class CallReaderTests
{
    private const string Json = "application/json";
    private const string Call = """{"type":"DECLINE","framework_id":{"value":"f"},"decline":{"offer_ids":[{"value":"o"}]}}""";

    private static readonly MesosRouter s_router = new MesosRouter("master").Map("/api/v1/scheduler", AnswerAsync);

    private static async Task AnswerAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        if (await new CallReader<Call>(maxBody: 1_000_000).ReadAsync(context) is { } call && await MediaTypes.NegotiateAsync(context) is not null)
        {
            await Answer.TextAsync(context, 202, $"{call.Type} {call.FrameworkId?.Value}");
        }
    }

    [Theory]
    [InlineData(null, "{}", 400, "Expecting 'Content-Type' to be present")]
    [InlineData("text/plain", "{}", 415, "Expecting 'Content-Type' of application/json or application/x-protobuf")]
    [InlineData("application/JSON", "{}", 415, "Expecting 'Content-Type' of application/json or application/x-protobuf")]
    [InlineData("application/json; charset=utf-8", "{}", 415, "Expecting 'Content-Type' of application/json or application/x-protobuf")]
    [InlineData(Json, "", 400, "Failed to parse body into JSON: syntax error at line 1 near: ")]
    [InlineData(Json, "{nope", 400, "Failed to parse body into JSON: syntax error at line 1 near: nope")]
    [InlineData(Json, "[]", 400, "Failed to convert JSON into Call protobuf: Expecting a JSON object")]
    [InlineData(Json, """{"framework_id":"x"}""", 400, "Failed to convert JSON into Call protobuf: Not expecting a JSON string for field 'framework_id'")]
    [InlineData("application/x-protobuf", "\u0001\u0002garbage", 400, "Failed to parse body into Call protobuf")]
    [InlineData(Json, Call, 202, "Decline f")]
    public async Task Read_EachRule_AnswersAsClientsExpect(string? contentType, string body, int status, string text)
    {
        await using var server = await TestServer.StartAsync(s_router);

        using var answer = await PostAsync(server, Encoding.UTF8.GetBytes(body), contentType);

        Assert.Equal(text, await answer.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("zz")]
    [InlineData("-1")]
    [InlineData("ffffffffffffffff")]
    public async Task Read_ChunkSizeThatIsNone_IsABadRequest(string size)
    {
        await using var server = await TestServer.StartAsync(s_router);

        var answer = await server.RawAsync(
            $"POST /api/v1/scheduler HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\nhello\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Get_IsRefusedWithAllow()
    {
        await using var server = await TestServer.StartAsync(s_router);

        using var answer = await server.Client.GetAsync("/master/api/v1/scheduler");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Read_Protobuf_IsParsed()
    {
        await using var server = await TestServer.StartAsync(s_router);
        var call = new Call { Type = Protocol.V1.Scheduler.Call.Types.Type.Revive, FrameworkId = new Protocol.V1.FrameworkID { Value = "f" } };

        using var answer = await PostAsync(server, call.ToByteArray(), "application/x-protobuf");

        Assert.Equal("Revive f", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Read_Gzip_IsUnpacked()
    {
        await using var server = await TestServer.StartAsync(s_router);

        using var answer = await PostAsync(server, Pack(Encoding.UTF8.GetBytes(Call)), Json, "gzip");

        Assert.Equal("Decline f", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Read_NotGzipThoughSaid_Is400()
    {
        await using var server = await TestServer.StartAsync(s_router);

        using var answer = await PostAsync(server, Encoding.UTF8.GetBytes(Call), Json, "gzip");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Read_GzipBomb_Is413()
    {
        await using var server = await TestServer.StartAsync(s_router);

        using var answer = await PostAsync(server, Pack(new byte[50_000_000]), Json, "gzip");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("1000000 bytes", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ClaimsMoreThanTheLimit_Is413BeforeTheBodyComes()
    {
        await using var server = await TestServer.StartAsync(s_router);

        var answer = await server.RawAsync("POST /api/v1/scheduler HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n{");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ChunkedMoreThanTheLimit_Is413()
    {
        await using var server = await TestServer.StartAsync(s_router);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scheduler") { Content = new StreamContent(new MemoryStream(new byte[2_000_000])) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        request.Headers.TransferEncodingChunked = true;

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Read_JsonVeryDeep_Is400()
    {
        await using var server = await TestServer.StartAsync(s_router);

        using var answer = await PostAsync(server, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))), Json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("application/x-protobuf", 202)]
    [InlineData("application/*", 202)]
    [InlineData("*/*", 202)]
    [InlineData("text/html, */*;q=0.1", 202)]
    public async Task Negotiate_Accept_DecidesAsClientsExpect(string accept, int status)
    {
        await using var server = await TestServer.StartAsync(s_router);

        using var answer = await PostAsync(server, Encoding.UTF8.GetBytes(Call), Json, accept: accept);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 406)
        {
            Assert.Equal("Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'", await answer.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("GET /api/v1/scheduler HTTP/9.9\r\n\r\n")]
    [InlineData("\0\u0001\u0002\u0003 garbage\r\n\r\n")]
    [InlineData("POST /api/v1/scheduler HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")]
    public async Task Server_GarbageRequests_AreRefusedAndItLives(string request)
    {
        await using var server = await TestServer.StartAsync(s_router);

        await server.RawAsync(request);

        using var answer = await PostAsync(server, Encoding.UTF8.GetBytes(Call), Json);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestServer server, byte[] body, string? contentType, string? encoding = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scheduler") { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await server.Client.SendAsync(request);
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
