using System.Net;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

namespace Tepui.Services.Tests.Hosting;

public sealed class ServicesSettingsTests
{
    [Fact]
    public void Flags_Given_ReachHostAndCore()
    {
        var settings = From("--master=a:1,b:2", "--http_port=9090", "--http_address=127.0.0.1", "--mesos_role=web", "--enable_features=secrets,vips", "--decline_offer_duration=5000", "--reconciliation_interval=7000", "--disable_http_compression", "--http_credentials=me:it");

        Assert.Equal(["a:1", "b:2"], settings.Masters);
        Assert.Equal((9090, IPAddress.Loopback, false, "me:it"), (settings.Port, settings.Ip, settings.Compress, settings.Credentials));
        Assert.Equal("web", settings.Core.MesosRole);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Core.DeclineOfferDuration);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.Core.ReconciliationInterval);
        Assert.Equal(["secrets", "vips"], settings.Core.Features.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Flags_WithSeveralMistakes_NameThemAll()
    {
        var refused = Assert.Throws<StartupException>(() => From("--master=zk://a:2181/mesos", "--http_credentials=secret", "--enable_features=magic", "--local_port_min=20", "--local_port_max=10", "--mesos_authentication"));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        foreach (var part in (string[])["zk://a:2181/mesos", "--http_credentials", "magic", "--local_port_min", "--mesos_authentication_principal"])
        {
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_OnAWorkDirectoryInUse_SaysWhoHasIt()
    {
        var directory = Directory.CreateTempSubdirectory("tepui-services-").FullName;
        await using (await Support.Services.StartAsync(directory: directory))
        {
            var refused = await Assert.ThrowsAsync<StartupException>(() => Support.Services.StartAsync(directory: directory));

            Assert.Equal(ExitCode.InUse, refused.ExitCode);
        }

        await TemporaryDirectory.RemoveAsync(directory);
    }

    private static ServicesSettings From(params string[] arguments) => ServicesSettings.From(FlagParser.Parse(FlagTable.Services, ["--work_dir=/nowhere", .. arguments], _ => null));
}
