using System.Diagnostics;
using System.Net;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Tests.Hosting;

public sealed class TepuiHostTests
{
    private static readonly MesosRouter s_router = new MesosRouter("master").Map("/health", c => Answer.EmptyAsync(c, 200));

    [Fact]
    public async Task Start_PortInUse_SaysSoWithItsExitCode()
    {
        await using var first = await TepuiHost.StartAsync(new TepuiHostOptions { Name = "master" }, s_router);

        var e = await Assert.ThrowsAsync<StartupException>(() => TepuiHost.StartAsync(new TepuiHostOptions { Name = "master", Port = first.Port }, s_router));

        Assert.Equal(ExitCode.Address, e.ExitCode);
        Assert.Equal($"The master cannot listen on 127.0.0.1:{first.Port}: another process uses this port.", e.Message);
    }

    [Fact]
    public async Task Start_ForeignAddress_SaysSo()
    {
        var e = await Assert.ThrowsAsync<StartupException>(() => TepuiHost.StartAsync(new TepuiHostOptions { Name = "agent", Address = IPAddress.Parse("192.0.2.1") }, s_router));

        Assert.Contains("192.0.2.1", e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Address, e.ExitCode);
    }

    [Fact]
    public async Task Start_SecondTime_IsFast()
    {
        await (await TepuiHost.StartAsync(new TepuiHostOptions { Name = "master" }, s_router)).DisposeAsync();

        var watch = Stopwatch.StartNew();
        await using var host = await TepuiHost.StartAsync(new TepuiHostOptions { Name = "master" }, s_router);

        // A generous bound on a busy machine; it takes some milliseconds.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(host.Uri, "health"));
        Assert.True(answer.IsSuccessStatusCode);
    }
}
