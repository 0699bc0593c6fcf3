using System.Net;
using System.Net.Sockets;
using Tepui.Containers.Probes;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Containers.Tests.Probes;

public sealed class ProbeTests : IAsyncLifetime
{
    private Machine _machine = null!;

    public async Task InitializeAsync() => _machine = await Machine.StartAsync();

    public async Task DisposeAsync() => await _machine.DisposeAsync();

    [Theory]
    [InlineData("true", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("[ \"$A\" = over ] && [ \"$B\" = below ] && [ \"$(pwd)\" = \"$MESOS_SANDBOX\" ]", 0)]
    public async Task Command_RunsInTheContainersSurroundings_AndGivesItsExitCode(string command, int exitCode)
    {
        var container = await RunningAsync(new() { ["A"] = "below", ["B"] = "below" });
        var check = new CommandInfo { Value = command, Environment = new() };
        check.Environment.Variables.Add(new Tepui.Protocol.V1.Environment.Types.Variable { Name = "A", Value = "over" });

        var outcome = await _machine.Agent.ProbeAsync(new() { Container = container, Command = check, Timeout = Machine.Limit }, CancellationToken.None);

        Assert.Null(outcome.Failure);
        Assert.Equal(CheckInfo.Types.Type.Command, outcome.Result.Type);
        Assert.Equal(exitCode, outcome.Result.Command.ExitCode);
        Assert.True(Eventually.IsAlive(_machine.EventsOf(container.Id).OfType<ContainerEvent.Started>().Single().Pid));
    }

    [Fact]
    public async Task Command_WithMoreTimeThanATimerCanRun_IsAnswered()
    {
        var container = await RunningAsync([]);

        var outcome = await _machine.Agent.ProbeAsync(new() { Container = container, Command = new() { Value = "true" }, Timeout = TimeSpan.FromDays(3650) }, CancellationToken.None).WaitAsync(Machine.Limit);

        Assert.Null(outcome.Failure);
    }

    [Fact]
    public async Task Http_ThatCannotBeAsked_IsAFailure()
    {
        var container = await RunningAsync([]);

        var outcome = await _machine.Agent.ProbeAsync(new() { Container = container, Http = new Uri("ftp://127.0.0.1/") }, CancellationToken.None).WaitAsync(Machine.Limit);

        Assert.StartsWith("GET ftp://127.0.0.1/ failed: ", outcome.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ThatTakesTooLong_IsEndedWithAllItStarted()
    {
        var container = await RunningAsync([]);

        var outcome = await _machine.Agent.ProbeAsync(
            new() { Container = container, Command = new() { Value = "sleep 1000 & echo $! > pid; wait" }, Timeout = TimeSpan.FromMilliseconds(500) }, CancellationToken.None);

        Assert.Equal("Command timed out after 0.5 s", outcome.Failure);
        Assert.False(outcome.Result.Command.HasExitCode);
        await Eventually.GoneAsync(int.Parse(await File.ReadAllTextAsync(Path.Combine(container.SandboxDirectory, "pid"))));
    }

    [Fact]
    public async Task Command_ThatEnds_LeavesTheContainersDaemonsAlone()
    {
        var container = _machine.Shell("setsid sh -c 'echo $$; exec sleep 1000' & sleep 1000");
        await _machine.StartAsync(container);
        var daemon = int.Parse(await Machine.OutputAsync(container));

        await _machine.Agent.ProbeAsync(new() { Container = container, Command = new() { Value = "setsid sleep 1000 & true" }, Timeout = Machine.Limit }, CancellationToken.None);

        Assert.True(Eventually.IsAlive(daemon));
    }

    [Fact]
    public async Task Command_ThatCannotRun_IsAFailure()
    {
        var container = await RunningAsync([]);

        var outcome = await _machine.Agent.ProbeAsync(
            new() { Container = container, Command = new() { Value = "nosuch", Shell = false }, Timeout = Machine.Limit }, CancellationToken.None);

        Assert.Equal("Command failed: Failed to execute 'nosuch': No such file or directory", outcome.Failure);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Http_Answer_GivesItsStatus(int status)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = ServeAsync(server, $"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");

        var outcome = await ProbeAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/health"));

        Assert.Null(outcome.Failure);
        Assert.Equal((uint)status, outcome.Result.Http.StatusCode);
        Assert.StartsWith("GET /health HTTP/1.1\r\n", await serving, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_NoAnswer_IsAFailure()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;

        var silent = await ProbeAsync(new Uri($"http://127.0.0.1:{port}/"), TimeSpan.FromMilliseconds(200));
        server.Stop();
        var refused = await ProbeAsync(new Uri($"http://127.0.0.1:{port}/"));

        Assert.Equal($"GET http://127.0.0.1:{port}/ timed out after 0.2 s", silent.Failure);
        Assert.False(silent.Result.Http.HasStatusCode);
        Assert.StartsWith($"GET http://127.0.0.1:{port}/ failed: ", refused.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tcp_SaysWhetherSomethingListens()
    {
        var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        var request = new ProbeRequest { Container = _machine.Shell("true"), TcpPort = port, Timeout = Machine.Limit };

        var open = await _machine.Agent.ProbeAsync(request, CancellationToken.None);
        server.Stop();
        var closed = await _machine.Agent.ProbeAsync(request, CancellationToken.None);

        Assert.True(open.Result.Tcp.Succeeded);
        Assert.False(closed.Result.Tcp.Succeeded);
        Assert.Null(closed.Failure);
    }

    private async Task<ContainerLaunch> RunningAsync(Dictionary<string, string> environment)
    {
        var launch = _machine.Shell("exec sleep 1000");
        environment["MESOS_SANDBOX"] = launch.SandboxDirectory;
        launch = launch with { Environment = environment };
        await _machine.StartAsync(launch);
        return launch;
    }

    private Task<ProbeOutcome> ProbeAsync(Uri address, TimeSpan? timeout = null) =>
        _machine.Agent.ProbeAsync(new() { Container = _machine.Shell("true"), Http = address, Timeout = timeout ?? Machine.Limit }, CancellationToken.None);

    private static async Task<string> ServeAsync(TcpListener server, string answer)
    {
        using var client = await server.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var buffer = new byte[4096];
        var count = await stream.ReadAsync(buffer);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
        return System.Text.Encoding.ASCII.GetString(buffer, 0, count);
    }
}
