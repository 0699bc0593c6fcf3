using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary><c>tepui master</c> and <c>tepui agent</c> as processes of their own, which can be killed and started again.</summary>
internal sealed class SeparateCluster(Machine machine) : IDisposable
{
    private const int PortsEach = 100;
    private static int _clusters;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly string _port = FreePort();
    private readonly List<TepuiProcess> _all = [];

    /// <summary>What the agent offers. Each cluster has ports of its own: several run at a time on one machine.</summary>
    public string Resources { get; init; } = $"cpus:100;mem:100000;disk:100000;ports:{Ports(Interlocked.Increment(ref _clusters))}";

    /// <summary>HOST:PORT of the master, the same after each start.</summary>
    public string MasterAddress => $"127.0.0.1:{_port}";

    public TepuiProcess Master { get; private set; } = null!;

    public TepuiProcess Agent { get; private set; } = null!;

    public string AgentDirectory => Path.Join(machine.Path, "agent");

    public string MasterDirectory => Path.Join(machine.Path, "master");

    /// <summary>A port that nobody listens on now.</summary>
    public static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    public static async Task<SeparateCluster> StartAsync(Machine machine)
    {
        var cluster = new SeparateCluster(machine);
        try
        {
            await cluster.StartMasterAsync();
            await cluster.StartAgentAsync();
            await cluster.RegisteredAsync();
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    public TepuiProcess LaunchMaster()
    {
        Master = TepuiProcess.Start("master", "--ip=127.0.0.1", $"--port={_port}", $"--work_dir={MasterDirectory}");
        _all.Add(Master);
        return Master;
    }

    public async Task StartMasterAsync() => await LaunchMaster().ForTextAsync("master at");

    /// <summary>Starts the agent from this or another copy of the binary.</summary>
    public TepuiProcess LaunchAgent(string? binary = null)
    {
        Agent = TepuiProcess.StartFrom(
            binary ?? TepuiProcess.Binary, "agent", "--ip=127.0.0.1", "--port=0", $"--master={MasterAddress}", $"--work_dir={AgentDirectory}", $"--resources={Resources}");
        _all.Add(Agent);
        return Agent;
    }

    public async Task StartAgentAsync(string? binary = null) => await LaunchAgent(binary).ForTextAsync("agent at");

    /// <summary>Waits until the one agent is registered and connected.</summary>
    public Task RegisteredAsync() => Machine.UntilAsync(
        async () => await ReadAsync($"http://{MasterAddress}/state") is { } state && state.GetProperty("activated_slaves").GetDouble() == 1,
        "the agent is registered");

    /// <summary>A JSON document, or <see langword="null"/> while nobody answers.</summary>
    public async Task<JsonElement?> ReadAsync(string url)
    {
        try
        {
            return JsonDocument.Parse(await _http.GetStringAsync(new Uri(url))).RootElement;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Runs a command against this cluster.</summary>
    public Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => TepuiProcess.RunAsync([.. arguments, "--master", MasterAddress]);

    public void Dispose()
    {
        _all.ForEach(process => process.Dispose());
        _http.Dispose();
    }

    private static string Ports(int cluster)
    {
        var first = 20_000 + (cluster % 100 * PortsEach);
        return string.Create(CultureInfo.InvariantCulture, $"[{first}-{first + PortsEach - 1}]");
    }

    public override string ToString() => string.Join("\n======\n", _all);
}
