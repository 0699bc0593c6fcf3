using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Tepui.Master.Tests.Support;
using Tepui.Protocol.Link;
using Tepui.Runtime.Link;

namespace Tepui.Master.Tests.Links;

public sealed class AgentLinkTests
{
    [Fact]
    public async Task Register_OverALink_AdmitsTheAgent()
    {
        await using var master = await TestMaster.StartAsync();

        await using var agent = await FakeAgent.RegisterAsync(master);

        var slave = (await master.GetAsync("/slaves")).GetProperty("slaves")[0];
        Assert.Equal(agent.Id.Value, slave.GetProperty("id").GetString());
        Assert.True(slave.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Link_HungUp_LeavesTheAgentInactive()
    {
        await using var master = await TestMaster.StartAsync();
        await using (await FakeAgent.RegisterAsync(master))
        {
        }

        await master.WaitAsync("/slaves", all => !all.GetProperty("slaves")[0].GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Link_SendsGarbage_EndsAloneAndIsCounted()
    {
        await using var master = await TestMaster.StartAsync();
        await using var good = await FakeAgent.RegisterAsync(master);
        await using var bad = await LinkClient.ConnectAsync("127.0.0.1", master.Endpoint.Port, TimeSpan.FromSeconds(30), CancellationToken.None);

        var frame = new byte[4 + 64];
        BinaryPrimitives.WriteInt32BigEndian(frame, 64);
        frame.AsSpan(4).Fill(0xff);
        await bad.WriteAsync(frame);

        Assert.Equal(0, await bad.ReadAsync(new byte[16]));
        await master.WaitAsync("/metrics/snapshot", metrics => metrics.GetProperty("tepui/links/broken").GetDouble() == 1);
        Assert.True((await master.GetAsync("/slaves")).GetProperty("slaves")[0].GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Link_ClaimsAnEndlessFrame_Ends()
    {
        await using var master = await TestMaster.StartAsync();
        await using var bad = await LinkClient.ConnectAsync("127.0.0.1", master.Endpoint.Port, TimeSpan.FromSeconds(30), CancellationToken.None);

        await bad.WriteAsync(new byte[] { 0xff, 0xff, 0xff, 0xff });

        Assert.Equal(0, await bad.ReadAsync(new byte[16]));
    }

    [Fact]
    public async Task Link_WithoutUpgrade_IsRefused()
    {
        await using var master = await TestMaster.StartAsync();

        var answer = await RawClient.SendAsync(master.Endpoint, RawClient.Request("GET", LinkProtocol.Path));

        Assert.Equal(426, answer.Status);
    }

    [Fact]
    public async Task Links_Many_AreAllServed()
    {
        const int Links = 300;
        await using var master = await TestMaster.StartAsync();

        var agents = await Task.WhenAll(Enumerable.Range(0, Links).Select(i => FakeAgent.RegisterAsync(
            master,
            FakeAgent.Info.Replace("\"localhost\"", $"\"host{i}\"", StringComparison.Ordinal))));

        Assert.Equal(Links, agents.Select(agent => agent.Id.Value).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Links, (await master.GetAsync("/metrics/snapshot")).GetProperty("master/slaves_active").GetDouble());
        await Task.WhenAll(agents.Select(async agent => await agent.DisposeAsync()));
        await master.WaitAsync("/metrics/snapshot", metrics => metrics.GetProperty("tepui/links/open").GetDouble() == 0);
    }

    [Fact]
    public async Task Usage_OfAgents_IsShown()
    {
        await using var master = await TestMaster.StartAsync(settings => settings with { AgentPingTimeout = TimeSpan.FromMilliseconds(50) });
        await using var agent = await FakeAgent.RegisterAsync(master);
        agent.Usage = new AgentFrame.Types.Usage { Cpus = 1.5, MemBytes = 1 << 30, DiskBytes = 4096 };

        var usage = await master.WaitAsync("/tepui/usage", all => all.GetProperty("agents")[0].GetProperty("reported").GetBoolean());

        Assert.Equal("""{"cpus":1.5,"mem_bytes":1073741824,"disk_bytes":4096}""", usage.GetProperty("agents")[0].GetProperty("used").GetRawText());
        Assert.Equal("""{"cpus":1.5,"mem_bytes":1073741824,"disk_bytes":4096}""", usage.GetProperty("totals").GetProperty("used").GetRawText());
        Assert.Equal(8, usage.GetProperty("totals").GetProperty("total").GetProperty("cpus").GetDouble());
        Assert.Equal(1.5, (await master.GetAsync("/metrics/snapshot")).GetProperty("tepui/usage/cpus").GetDouble());
    }

    [Fact]
    public async Task Requests_HalfAndGarbled_DoNotHurtOthers()
    {
        await using var master = await TestMaster.StartAsync();
        using var half = new TcpClient();
        await half.ConnectAsync(master.Endpoint);
        await half.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /api/v1 HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"type\""));
        using var garbage = new TcpClient();
        await garbage.ConnectAsync(master.Endpoint);
        await garbage.GetStream().WriteAsync(Enumerable.Range(0, 4096).Select(i => (byte)(i * 31)).ToArray());

        Assert.Equal(200, (await RawClient.SendAsync(master.Endpoint, RawClient.Request("GET", "/health"))).Status);
    }
}
