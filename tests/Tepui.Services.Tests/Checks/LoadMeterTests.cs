using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Tepui.Model.Identifiers;
using Tepui.Services.Checks;
using Tepui.Services.Core;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Tests.Checks;

public sealed class LoadMeterTests : IDisposable
{
    private static readonly PathId App = PathId.Resolve("/web", PathId.Root);

    private readonly ConcurrentQueue<ServicesInput.Measured> _heard = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskUsage _usage = new(["127.0.0.1:1", "127.0.0.1:2"], TimeProvider.System);
    private readonly LoadMeter _meter;

    public LoadMeterTests() => _meter = new LoadMeter(
        input =>
        {
            _heard.Enqueue((ServicesInput.Measured)input);
            return ValueTask.CompletedTask;
        },
        _usage,
        _stopping.Token);

    [Fact]
    public async Task Measurement_UnderWay_IsNotBegunAgain()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var measure = new ServicesEffect.Measure(App, Policy(ScalingMetric.Http) with { Url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/" }, []);

        _meter.Measure(measure);
        _meter.Measure(measure);
        using var first = await silent.AcceptTcpClientAsync();
        first.Close();

        await Wait.UntilAsync(() => !_heard.IsEmpty, () => "the result comes");
        Assert.NotNull(Assert.Single(_heard).Problem);
        _meter.Measure(measure);
        using var second = await silent.AcceptTcpClientAsync().WaitAsync(Wait.Limit);
    }

    [Fact]
    public async Task Measurement_WithoutAMaster_SaysWhatIsWrong()
    {
        _meter.Measure(new ServicesEffect.Measure(App, Policy(ScalingMetric.Mem), [(new TaskId("t"), new AgentId("a"))]));

        await Wait.UntilAsync(() => !_heard.IsEmpty, () => "the result comes");
        Assert.Contains("refused", _heard.First().Problem, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _meter.Dispose();
        _usage.Dispose();
        _stopping.Dispose();
    }

    private static AutoscalingPolicy Policy(ScalingMetric metric) =>
        new(1, 2, metric, 1, null, "", TimeSpan.FromSeconds(1), TimeSpan.Zero, TimeSpan.Zero);
}
