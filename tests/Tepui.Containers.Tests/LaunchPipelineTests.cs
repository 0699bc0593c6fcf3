using System.Net;
using System.Net.Sockets;
using System.Text;
using Tepui.Protocol.Json;
using Tepui.Protocol.V1;
using Environment = System.Environment;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Containers.Tests;

public sealed class LaunchPipelineTests : IAsyncLifetime
{
    private Machine _machine = null!;

    public async Task InitializeAsync() => _machine = await Machine.StartAsync();

    public async Task DisposeAsync() => await _machine.DisposeAsync();

    [Fact]
    public async Task Launch_WithUris_StartsWhenTheyAreThere()
    {
        var source = Path.GetTempFileName();
        await File.WriteAllTextAsync(source, "exit 11");
        var launch = _machine.Shell("./tool");
        launch.Command.Uris.Add(new CommandInfo.Types.URI { Value = source, OutputFile = "tool", Executable = true });

        Assert.Equal(11 << 8, await _machine.RunAsync(launch));
        File.Delete(source);
    }

    [Fact]
    public async Task Launch_WithAUriThatFails_NamesContainerUriAndCause()
    {
        var launch = _machine.Shell("true");
        launch.Command.Uris.Add(new CommandInfo.Types.URI { Value = "/no/such/file" });

        _machine.Agent.Launch(launch);
        var failed = await _machine.WaitAsync<ContainerEvent.StartFailed>(launch.Id);

        Assert.Equal($"Failed to fetch all URIs for container '{launch.Id}': Failed to fetch '/no/such/file': No such file or directory", failed.Message);
    }

    [Theory]
    [InlineData("""{"type": "MESOS", "volumes": [{"mode": "RW", "container_path": "x", "host_path": "/tmp"}]}""", "Volumes in ContainerInfo is not supported")]
    [InlineData("""{"type": "MESOS", "mesos": {"image": {"type": "DOCKER", "docker": {"name": "alpine"}}}}""", "Unsupported container image type: DOCKER")]
    [InlineData("""{"type": "MESOS", "network_infos": [{}, {"name": "blue"}]}""", "Unknown CNI network 'blue'")]
    [InlineData("""{"type": "DOCKER", "docker": {"image": "alpine"}}""", "'ContainerInfo.type' is DOCKER, but this agent has no Docker containerizer; supported is MESOS")]
    [InlineData("""{"type": "MESOS", "tty_info": {}}""", "A terminal ('ContainerInfo.tty_info') is not supported")]
    [InlineData("""{"type": "MESOS", "linux_info": {"seccomp": {"unconfined": true}}}""", "'ContainerInfo.linux_info.seccomp' is not supported: this agent has no isolator for it")]
    [InlineData("""{"type": "MESOS", "linux_info": {"ipc_mode": "PRIVATE"}}""", "'ContainerInfo.linux_info.ipc_mode' is not supported: this agent has no isolator for it")]
    public async Task Launch_SettingsThatCannotBeObeyed_FailsInsteadOfRunningWithout(string settings, string message)
    {
        Assert.True(JsonCodec.TryParse<ContainerInfo>(Encoding.UTF8.GetBytes(settings), out var container, out _));
        var launch = _machine.Shell("true", container: container);

        _machine.Agent.Launch(launch);
        var failed = await _machine.WaitAsync<ContainerEvent.StartFailed>(launch.Id);

        Assert.Equal(message, failed.Message);

        var inside = _machine.Shell("true") with { Around = container };
        _machine.Agent.Launch(inside);
        Assert.Equal(message, (await _machine.WaitAsync<ContainerEvent.StartFailed>(inside.Id)).Message);
    }

    [Fact]
    public async Task Launch_SecretByName_FailsInsteadOfRunningWithout()
    {
        var launch = _machine.Shell("true");
        launch.Command.Environment = new();
        launch.Command.Environment.Variables.Add(new Protocol.V1.Environment.Types.Variable
        {
            Name = "PASSWORD",
            Type = Protocol.V1.Environment.Types.Variable.Types.Type.Secret,
            Secret = new() { Type = Secret.Types.Type.Reference, Reference = new() { Name = "db/password" } },
        });

        _machine.Agent.Launch(launch);
        var failed = await _machine.WaitAsync<ContainerEvent.StartFailed>(launch.Id);

        Assert.Contains("Environment variable 'PASSWORD' is the secret 'db/password'", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_OnTheHostNetwork_Runs()
    {
        var container = new ContainerInfo { Type = ContainerInfo.Types.Type.Mesos };
        container.NetworkInfos.Add(new NetworkInfo());

        Assert.Equal(0, await _machine.RunAsync(_machine.Shell("true", container: container)));
    }

    [Fact]
    public async Task Kill_WhileFetching_CancelsTheLaunch()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var launch = _machine.Shell("true");
        launch.Command.Uris.Add(new CommandInfo.Types.URI { Value = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/x" });

        _machine.Agent.Launch(launch);
        using var client = await server.AcceptTcpClientAsync().WaitAsync(Machine.Limit);
        _machine.Agent.Kill(launch.Id, TimeSpan.FromMinutes(10));

        var failed = await _machine.WaitAsync<ContainerEvent.StartFailed>(launch.Id);
        Assert.Equal("The container was killed before its process was started", failed.Message);
    }

    [Fact]
    public async Task Usage_OfABusyContainer_Shows()
    {
        var launch = _machine.Shell("sh -c 'while true; do :; done' & wait");
        await _machine.StartAsync(launch);
        _machine.Agent.SampleUsage();

        await Eventually.TrueAsync(() => _machine.Agent.Statistics(launch.Id) is { CpusUserTimeSecs: > 0.2 }, "no CPU time was seen");
        var statistics = _machine.Agent.Statistics(launch.Id)!;
        var usage = _machine.Agent.SampleUsage();

        Assert.Equal(2u, statistics.Processes);
        Assert.Equal(2u, statistics.Threads);
        Assert.InRange(statistics.MemRssBytes, 100_000ul, 100_000_000ul);
        Assert.InRange(usage.Cpus, 0.01, Environment.ProcessorCount);
        Assert.InRange(usage.MemBytes, 100_000ul, 100_000_000ul);
        Assert.InRange(_machine.Agent.DiskUsedShare(), 0.0001, 1);

        _machine.Agent.Kill(launch.Id, TimeSpan.Zero);
        await _machine.WaitAsync<ContainerEvent.Exited>(launch.Id);
        Assert.Null(_machine.Agent.Statistics(launch.Id));
    }
}
