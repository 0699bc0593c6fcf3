using System.Net.Sockets;
using System.Text;
using Tepui.Agent.Tests.Fixtures;
using Tepui.Master.Tests.Support;

namespace Tepui.Agent.Tests.Http;

/// <summary>Clients that mean no good, or know no better: each gets an answer or is hung up on, and the agent goes on.</summary>
public sealed class HostileTests(Holder holder) : IClassFixture<Holder>
{
    private const string Json = "Content-Type: application/json";

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/executor")]
    public async Task DeepJson_IsRefused(string path)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"type\":", 100_000));

        var answer = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, RawClient.Request("POST", path, deep, Json));

        Assert.Equal(400, answer.Status);
        await AssertAliveAsync();
    }

    [Fact]
    public async Task HugeBody_IsRefusedByItsLength()
    {
        var request = RawClient.Request("POST", "/api/v1", "", Json, $"Content-Length: {100 * 1024 * 1024}");

        var answer = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, request);

        Assert.Equal(413, answer.Status);
        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("\0\u0001\u0002\u0003 garbage\r\n\r\n")]
    [InlineData("POST /api/v1/executor HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("GET /files/read?path=/frameworks/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    public async Task Bytes_OfAnyKind_DoNotEndIt(string text)
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(holder.Cluster.Agent.Endpoint);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
        }

        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("/frameworks/../../../../../../etc/passwd")]
    [InlineData("/slave/log/../../../etc/passwd")]
    public async Task Files_OutsideOfWhatIsShown_AreNotThere(string path)
    {
        var answer = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, RawClient.Request("GET", $"/files/read?offset=0&path={path}"));

        Assert.Equal(404, answer.Status);
    }

    private async Task AssertAliveAsync()
    {
        var health = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, RawClient.Request("GET", "/health"));

        Assert.Equal(200, health.Status);
    }
}
