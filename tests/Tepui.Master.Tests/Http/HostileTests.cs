using System.Net;
using System.Net.Sockets;
using System.Text;
using Tepui.Master.Tests.Support;

namespace Tepui.Master.Tests.Http;

/// <summary>What must be survived: each ends in an answer or in a closed connection, and the master serves on.</summary>
public sealed class HostileTests
{
    [Fact]
    public async Task Json_HundredThousandLevelsDeep_IsRefused()
    {
        await using var master = await TestMaster.StartAsync();
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);

        var (status, text) = await master.CallAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("Failed to parse body into JSON", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_HundredMegabytes_IsRefusedWithoutBeingKept()
    {
        await using var master = await TestMaster.StartAsync();
        var request = RawClient.Request("POST", "/api/v1", "", "Content-Type: application/json", "Content-Length: 104857600");

        var answer = await RawClient.SendAsync(master.Endpoint, request);

        Assert.Equal(413, answer.Status);
        Assert.Equal(200, (await RawClient.SendAsync(master.Endpoint, RawClient.Request("GET", "/health"))).Status);
    }

    [Fact]
    public async Task Call_BelowThePathOfTheApi_IsTaken()
    {
        await using var master = await TestMaster.StartAsync();

        var answer = await RawClient.SendAsync(master.Endpoint, RawClient.Request("POST", "/api/v1/operator", """{"type": "GET_HEALTH"}""", "Content-Type: application/json"));

        Assert.Equal((200, """{"type":"GET_HEALTH","get_health":{"healthy":true}}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task RemoveQuota_OfARoleWithout_IsRefused()
    {
        await using var master = await TestMaster.StartAsync();

        var (status, text) = await master.CallAsync("""{"type": "REMOVE_QUOTA", "remove_quota": {"role": "r"}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("'r'", text, StringComparison.Ordinal);
        Assert.Equal(400, (await RawClient.SendAsync(master.Endpoint, RawClient.Request("DELETE", "/quota/r"))).Status);
    }

    [Theory]
    [InlineData("/files/read?path=../../etc/passwd")]
    [InlineData("/files/read?path=/master/log/../../etc/passwd")]
    [InlineData("/files/download?path=/etc/passwd")]
    [InlineData("/files/browse?path=/")]
    public async Task Files_OutsideOfWhatIsShown_AreNotFound(string path)
    {
        await using var master = await TestMaster.StartAsync();

        Assert.Equal(404, (await RawClient.SendAsync(master.Endpoint, RawClient.Request("GET", path))).Status);
    }

    [Fact]
    public async Task Subscribers_ThatNeverRead_DoNotHoldUpTheMaster()
    {
        await using var master = await TestMaster.StartAsync(settings => settings with { HeartbeatInterval = TimeSpan.FromMilliseconds(5) });
        var deaf = new List<TcpClient>();
        for (var i = 0; i < 20; i++)
        {
            var client = new TcpClient { ReceiveBufferSize = 1024 };
            await client.ConnectAsync(master.Endpoint);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST /api/v1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"type\":\"SUBSCRIBE\"}"));
            deaf.Add(client);
        }

        await master.WaitAsync("/metrics/snapshot", metrics => metrics.GetProperty("master/operator_event_stream_subscribers").GetDouble() == 20);
        await using var agent = await FakeAgent.RegisterAsync(master);
        Assert.Single((await master.GetAsync("/slaves")).GetProperty("slaves").EnumerateArray());

        deaf.ForEach(client => client.Dispose());
        await master.WaitAsync("/metrics/snapshot", metrics => metrics.GetProperty("master/operator_event_stream_subscribers").GetDouble() == 0);
    }
}
