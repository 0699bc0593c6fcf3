using System.Net;
using Tepui.Master.Tests.Support;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

namespace Tepui.Master.Tests.Hosting;

public sealed class MasterSettingsTests
{
    [Fact]
    public void From_Flags_TakesThem()
    {
        var settings = From("--work_dir=/data", "--ip=127.0.0.1", "--port=6060", "--weights=web=2,batch=0.5", "--offer_timeout=30secs", "--roles=web,batch", "--agent_ping_timeout=2secs");

        Assert.Equal(("/data", IPAddress.Loopback, 6060), (settings.WorkDirectory, settings.Ip, settings.Port));
        Assert.Equal(TimeSpan.FromSeconds(30), settings.OfferTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.AgentPingTimeout);
        Assert.Equal(["web", "batch"], settings.Roles);
        Assert.Equal(0.5, settings.Weights["batch"]);
        Assert.Equal("30secs", settings.ToFlags(7000)["offer_timeout"]);
        Assert.Equal("7000", settings.ToFlags(7000)["port"]);
    }

    [Theory]
    [InlineData("--port=1", "--work_dir")]
    [InlineData("--work_dir=/d --weights=web", "'web'")]
    [InlineData("--work_dir=/d --weights=web=-1", "'web=-1'")]
    [InlineData("--work_dir=/d --weights=a/=1", "'a/=1'")]
    public void From_FlagsThatCannotBe_SaysWhich(string flags, string named)
    {
        var refused = Assert.Throws<StartupException>(() => From(flags.Split(' ')));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithABadQuantity_SaysWhich()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestMaster.StartAsync(settings => settings with { MinAllocatableResources = "cpus=1" }));

        Assert.Contains("cpus=1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_OfTheFirstStart_OutliveTheFlag()
    {
        var directory = Directory.CreateTempSubdirectory("tepui-master-test-").FullName;
        await using (await TestMaster.StartAsync(settings => settings with { Weights = new Dictionary<string, double>(StringComparer.Ordinal) { ["web"] = 2 } }, directory: directory))
        {
        }

        await using (var second = await TestMaster.StartAsync(directory: directory))
        {
            Assert.Equal("[{\"weight\":2.0,\"role\":\"web\"}]", (await second.GetAsync("/weights")).GetRawText());
        }

        Directory.Delete(directory, recursive: true);
    }

    private static MasterSettings From(params string[] arguments) => MasterSettings.From(FlagParser.Parse(FlagTable.Master, arguments, _ => null));
}
