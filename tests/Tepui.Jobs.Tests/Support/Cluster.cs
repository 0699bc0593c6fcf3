using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Tepui.Agent;
using Tepui.Master;

namespace Tepui.Jobs.Tests.Support;

/// <summary>A master, an agent with a real supervisor, and a jobs scheduler, in a directory of their own. Shared by the tests of a class.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tepui-jobs-").FullName;
    private MasterHost _master = null!;
    private AgentHost _agent = null!;

    internal Jobs Jobs { get; private set; } = null!;

    public string MasterAddress => $"127.0.0.1:{_master.Endpoint.Port}";

    private string AgentDirectory => Path.Join(_directory, "agent");

    public async Task InitializeAsync()
    {
        _master = await MasterHost.StartAsync(new MasterSettings { Port = 0, WorkDirectory = Path.Join(_directory, "master"), Durable = false, AllocationInterval = TimeSpan.FromMilliseconds(50) });
        _agent = await AgentHost.StartAsync(new AgentSettings
        {
            Master = MasterAddress,
            WorkDirectory = AgentDirectory,
            Ip = IPAddress.Loopback,
            Port = 0,
            Resources = "cpus:8;mem:8192;disk:20000;ports:[31000-32000]",
            Attributes = "rack:r1",
            SupervisorCommand = [Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")), Path.Join(AppContext.BaseDirectory, "Tepui.SupervisorHost.dll")],
        });
        await _agent.RegisteredAsync(CancellationToken.None).WaitAsync(Wait.Limit);
        Jobs = await Jobs.StartAsync(master: MasterAddress, directory: Path.Join(_directory, "jobs"));
    }

    public async Task DisposeAsync()
    {
        await Jobs.DisposeAsync();
        await _agent.DisposeAsync();
        await _master.DisposeAsync();
        EndSupervisor(AgentDirectory);
        await TemporaryDirectory.RemoveAsync(_directory);
    }

    // The supervisor outlives its agent by design.
    private static void EndSupervisor(string workDirectory)
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (CommandLine(process.Id).Contains(workDirectory, StringComparison.Ordinal))
                {
                    process.Kill(entireProcessTree: true);
                    process.WaitForExit();
                }
            }
        }
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
