using System.Net;
using System.Net.Sockets;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>Commands that wait for a deployment, while what they wait for is disturbed. Instances are healthy once a file is there, so a deployment lasts as long as a test wants.</summary>
public sealed class ServicesWaitTests : IAsyncLifetime, IDisposable
{
    private readonly Machine _machine = new();
    private readonly int _port = FreePort();
    private LocalCluster? _cluster;
    private TepuiProcess? _services;

    private string Gate => Path.Join(_machine.Path, "open");

    public async Task InitializeAsync()
    {
        _cluster = await LocalCluster.StartAsync(_machine, "--resources", "cpus:4;mem:2048;disk:1024;ports:[31000-31999]");
        _services = await StartServicesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _services?.Dispose();
        _cluster?.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task Wait_ServicesKilledHard_GoesOnWithTheirSuccessor()
    {
        using var add = Start("app", "add", App());
        await add.ForTextAsync("0 of 1 ready");

        _services!.KillHard();
        await add.ForTextAsync("do not answer");
        _services.Dispose();
        _services = await StartServicesAsync();
        await File.WriteAllTextAsync(Gate, "");

        Assert.True(await add.ExitAsync() == 0, $"{add}\n{_services}");
        Assert.Contains("succeeded", add.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_Interrupted_LeavesTheDeploymentAlone()
    {
        using var add = Start("app", "add", App());
        await add.ForTextAsync("0 of 1 ready");

        add.Interrupt();
        Assert.Equal(130, await add.ExitAsync());
        Assert.Contains("goes on", add.Errors, StringComparison.Ordinal);

        using var watch = Start("deployment", "watch", "gated");
        await watch.ForTextAsync("0 of 1 ready");
        await File.WriteAllTextAsync(Gate, "");
        Assert.True(await watch.ExitAsync() == 0, $"{watch}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string App()
    {
        var path = Path.Join(_machine.Path, "gated.json");
        File.WriteAllText(path, $$"""
            {"id": "/gated", "cmd": "sleep 1000", "cpus": 0.01, "mem": 16,
             "healthChecks": [{"protocol": "COMMAND", "command": {"value": "test -f {{Gate}}"}, "intervalSeconds": 1, "gracePeriodSeconds": 300, "timeoutSeconds": 10}]}
            """);
        return path;
    }

    private async Task<TepuiProcess> StartServicesAsync()
    {
        var services = TepuiProcess.Start("services", $"--master={_cluster!.Master}", $"--http_port={_port}", "--hostname=127.0.0.1", $"--work_dir={Path.Join(_machine.Path, "services")}");
        await services.ForTextAsync("services at");
        return services;
    }

    private TepuiProcess Start(params string[] arguments) => TepuiProcess.Start([.. arguments, "--services", $"http://127.0.0.1:{_port}"]);
}
