using System.Net;
using Tepui.Master;

namespace Tepui.Agent.Tests.Fixtures;

/// <summary>A master and an agent of this build, with a real supervisor, in a directory of their own.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tepui-agent-").FullName;
    private int _agentPort;

    public MasterHost Master { get; private set; } = null!;

    public AgentHost Agent { get; private set; } = null!;

    public string MasterAddress => $"127.0.0.1:{Master.Endpoint.Port}";

    public string WorkDirectory => Path.Combine(_directory, "agent");

    public LogLines Logs { get; } = new();

    public HttpClient Http { get; } = new() { Timeout = Wait.Limit };

    public Func<AgentSettings, AgentSettings> Configure { get; init; } = settings => settings;

    public static async Task<Cluster> StartAsync(Func<AgentSettings, AgentSettings>? configure = null)
    {
        var cluster = new Cluster { Configure = configure ?? (settings => settings) };

        // Tasks may run as other users, who must reach their sandboxes.
        File.SetUnixFileMode(cluster._directory, (UnixFileMode)0b111_101_101);
        await cluster.StartMasterAsync(port: 0);
        await cluster.StartAgentAsync();
        return cluster;
    }

    /// <summary>Stops the master and starts it again on the same port and registry.</summary>
    public async Task RestartMasterAsync()
    {
        var port = Master.Endpoint.Port;
        await Master.DisposeAsync();
        await StartMasterAsync(port);
    }

    /// <summary>Starts the agent, or starts it again on the same port and directory, and waits until the master has admitted it.</summary>
    public async Task StartAgentAsync()
    {
        Agent = await AgentHost.StartAsync(Configure(Settings()));
        _agentPort = Agent.Endpoint.Port;
        await Wait.UntilAsync(() => Agent.IsRegisteredAsync(), () => $"the agent is registered\n{Logs}");
    }

    public AgentSettings Settings() => new()
    {
        Master = MasterAddress,
        WorkDirectory = WorkDirectory,
        Ip = IPAddress.Loopback,
        Port = _agentPort,
        Resources = "cpus:8;mem:8192;disk:20000;ports:[31000-32000]",
        Attributes = "rack:r1;zone:z1;num:3",
        SupervisorCommand = TestSupervisor.Command,
        Logs = Logs,
    };

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        await Master.DisposeAsync();
        Http.Dispose();
        TestSupervisor.End(WorkDirectory);
        await TemporaryDirectory.RemoveAsync(_directory);
    }

    private async Task StartMasterAsync(int port) => Master = await MasterHost.StartAsync(
        new MasterSettings { Port = port, WorkDirectory = Path.Combine(_directory, "master"), Durable = false },
        new() { Logs = Logs });
}
