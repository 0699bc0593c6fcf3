using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Model.Identifiers;
using Tepui.Services.Checks;
using Tepui.Services.Core;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Tests.Checks;

public sealed class CheckRunnerTests : IAsyncDisposable
{
    private static readonly InstanceId Instance = new("web.instance-1");
    private static readonly CheckTiming Timing = new(TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.Zero, 3);

    private readonly ConcurrentQueue<ServicesInput> _heard = new();
    private readonly CheckRunner _runner;
    private readonly TextServer _server = new();

    public CheckRunnerTests() => _runner = new CheckRunner(
        input =>
        {
            _heard.Enqueue(input);
            return ValueTask.CompletedTask;
        },
        concurrent: 4,
        TimeProvider.System,
        NullLogger.Instance);

    [Theory]
    [InlineData(200, true)]
    [InlineData(302, true)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public async Task HttpCheck_ByStatus_PassesOrSaysWhat(int status, bool passes)
    {
        _server.Status = status;

        StartHealth(HealthProtocol.Http, "/health", _server.Port);

        var result = await NextAsync<ServicesInput.HealthChecked>();
        Assert.Equal(passes, result.Success);
        Assert.Equal(passes ? null : $"it answered {status}", result.Cause);
        Assert.Equal("/health", _server.Requests.First().Path);
    }

    [Theory]
    [InlineData(HealthProtocol.Http)]
    [InlineData(HealthProtocol.Tcp)]
    public async Task Check_OfAPortNobodyListensOn_FailsWithTheReason(HealthProtocol protocol)
    {
        StartHealth(protocol, null, FreePort());

        var result = await NextAsync<ServicesInput.HealthChecked>();
        Assert.False(result.Success);
        Assert.Contains("refused", result.Cause, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task TcpCheck_OfAListener_Passes()
    {
        StartHealth(HealthProtocol.Tcp, null, _server.Port);

        Assert.True((await NextAsync<ServicesInput.HealthChecked>()).Success);
    }

    [Fact]
    public async Task HttpCheck_WithoutAnAnswerInTime_Fails()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        _runner.Start(new ServicesEffect.StartHealthChecks(Instance, "127.0.0.1", [Probe(HealthProtocol.Http, null, ((IPEndPoint)silent.LocalEndpoint).Port, Timing with { Timeout = TimeSpan.FromMilliseconds(100) })]));

        Assert.Equal("no answer within 0.1 s", (await NextAsync<ServicesInput.HealthChecked>()).Cause);
    }

    [Fact]
    public async Task Check_WithTimesThatNoTimerTakes_IsMade()
    {
        var timing = Timing with { Interval = TimeSpan.FromDays(1000), Timeout = TimeSpan.FromDays(1000) };
        _runner.Start(new ServicesEffect.StartHealthChecks(Instance, "127.0.0.1", [Probe(HealthProtocol.Http, "/", _server.Port, timing)]));

        Assert.Null((await NextAsync<ServicesInput.HealthChecked>()).Cause);
    }

    [Theory]
    [InlineData(HealthProtocol.Http)]
    [InlineData(HealthProtocol.Tcp)]
    public async Task Check_ThatCannotBeMade_FailsAgainAndAgain_AndItsEndIsQuiet(HealthProtocol protocol)
    {
        _runner.Start(new ServicesEffect.StartHealthChecks(Instance, "no host", [Probe(protocol, "/", 80_000, Timing)]));

        await Wait.UntilAsync(() => _heard.Count >= 2, () => "two checks fail");
        Assert.All(_heard.Cast<ServicesInput.HealthChecked>(), result => Assert.False(result.Success || string.IsNullOrEmpty(result.Cause)));
        await _runner.DisposeAsync();
    }

    [Fact]
    public async Task Checks_Stopped_AreMadeNoMore()
    {
        StartHealth(HealthProtocol.Http, null, _server.Port);
        await NextAsync<ServicesInput.HealthChecked>();

        _runner.Stop(Instance);
        await _runner.DisposeAsync();

        var count = _heard.Count;
        Assert.Equal(0, _runner.Count);
        Assert.Equal(count, _heard.Count);
    }

    [Fact]
    public async Task ReadinessCheck_EndsOnceReady_AndKeepsTheAnswer()
    {
        _server.Status = 503;
        _server.Body = "warming up";
        _runner.Start(new ServicesEffect.StartReadinessCheck(
            Instance, new TaskId("web.instance-1._app.1"), "127.0.0.1", _server.Port, new ReadinessCheck("ready", IsHttps: false, "/", "http", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), [200], PreserveLastResponse: true)));

        var first = (await NextAsync<ServicesInput.ReadinessChecked>()).Result;
        _server.Status = 200;
        await Wait.UntilAsync(() => _heard.OfType<ServicesInput.ReadinessChecked>().Any(input => input.Result.Ready), () => "it is ready");

        Assert.Equal((false, 503, "warming up"), (first.Ready, first.Status, first.Body));
        var last = _heard.OfType<ServicesInput.ReadinessChecked>().Last().Result;
        Assert.Equal((true, 200), (last.Ready, last.Status));
    }

    [Theory]
    [InlineData("12.5\n", "", 12.5)]
    [InlineData("{\"queue\":{\"length\":7}}", "queue.length", 7)]
    [InlineData("{\"a\":[{\"b\":3}]}", "a.0.b", 3)]
    public void Metric_InAnAnswer_IsRead(string body, string path, double expected)
    {
        Assert.Null(LoadMeter.TryRead(body, path, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("many", "", "no number")]
    [InlineData("{\"queue\":{}}", "queue.length", "has no 'queue.length'")]
    [InlineData("{\"queue\":\"x\"}", "queue", "no number")]
    [InlineData("<html>", "queue", "not JSON")]
    public void Metric_ThatIsNotThere_SaysSo(string body, string path, string problem) =>
        Assert.Contains(problem, LoadMeter.TryRead(body, path, out _), StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _server.Dispose();
    }

    private static HealthProbe Probe(HealthProtocol protocol, string? path, int port, CheckTiming timing) => new(0, new AppHealthCheck { Protocol = protocol, Path = path, Timing = timing }, port);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void StartHealth(HealthProtocol protocol, string? path, int port) =>
        _runner.Start(new ServicesEffect.StartHealthChecks(Instance, "127.0.0.1", [Probe(protocol, path, port, Timing)]));

    private async Task<T> NextAsync<T>()
        where T : ServicesInput
    {
        await Wait.UntilAsync(() => _heard.OfType<T>().Any(), () => $"a {typeof(T).Name} comes");
        return _heard.OfType<T>().First();
    }
}
