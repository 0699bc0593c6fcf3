using System.Net;
using Tepui.Agent;
using Tepui.Master;

namespace Tepui.Tests.Frameworks;

/// <summary>A master and an agent with a real supervisor, in a directory of their own.</summary>
/// <param name="name">What the directory begins with.</param>
public abstract class Pool(string name) : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory(name).FullName;
    private MasterHost _master = null!;
    private AgentHost _agent = null!;

    public string MasterAddress => $"127.0.0.1:{_master.Endpoint.Port}";

    public virtual async Task InitializeAsync()
    {
        _master = await MasterHost.StartAsync(new MasterSettings { Port = 0, WorkDirectory = PathOf("master"), Durable = false, AllocationInterval = TimeSpan.FromMilliseconds(50) });
        _agent = await AgentHost.StartAsync(new AgentSettings
        {
            Master = MasterAddress,
            WorkDirectory = PathOf("agent"),
            Ip = IPAddress.Loopback,
            Port = 0,
            Resources = "cpus:8;mem:8192;disk:20000;ports:[31000-32000]",
            Attributes = "rack:r1",
            SupervisorCommand = TestSupervisor.Command,
        });
        await _agent.RegisteredAsync(CancellationToken.None).WaitAsync(Wait.Limit);
    }

    public virtual async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _master.DisposeAsync();
        TestSupervisor.End(PathOf("agent"));
        await TemporaryDirectory.RemoveAsync(_directory);
    }

    /// <summary>A directory in that of the pool.</summary>
    protected string PathOf(string part) => Path.Join(_directory, part);
}
