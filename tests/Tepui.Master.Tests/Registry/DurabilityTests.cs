using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Coordination;
using Tepui.Master.Core;
using Tepui.Master.Http.Operator;
using Tepui.Master.Http.Scheduler;
using Tepui.Master.Links;
using Tepui.Master.Loop;
using Tepui.Master.Registry;
using Tepui.Protocol.V1;
using Tepui.Runtime.Mailboxes;
using Tepui.Runtime.Metrics;

namespace Tepui.Master.Tests.Registry;

public sealed class DurabilityTests
{
    [Fact]
    public async Task Call_WhoseWriteFails_IsNeverAnsweredAndTheLoopEnds()
    {
        var loop = await LoopAsync(new RecordingStore { Fails = true });
        var running = loop.RunAsync(CancellationToken.None);

        var call = loop.CallAsync(request => new MasterInput.UpdateWeights(request, [new WeightInfo { Role = "r", Weight = 2 }]), CancellationToken.None);

        await Assert.ThrowsAsync<StoreFailedException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAsync<MailboxClosedException>(() => call.WaitAsync(TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAsync<MailboxClosedException>(() => loop.ViewAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Call_ThatIsWritten_IsAnsweredAfterTheWrite()
    {
        var store = new RecordingStore();
        var loop = await LoopAsync(store);
        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(stop.Token);

        var reply = await loop.CallAsync(request => new MasterInput.UpdateWeights(request, [new WeightInfo { Role = "r", Weight = 2 }]), CancellationToken.None);

        Assert.Equal(200, reply.Status);
        Assert.Equal("roles/r/weight", Assert.Single(Assert.Single(store.Batches)).Key);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task View_AskedTwiceWithoutChange_IsTheSameObject()
    {
        var loop = await LoopAsync(new RecordingStore());
        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(stop.Token);

        var first = await loop.ViewAsync(CancellationToken.None);

        Assert.Same(first, await loop.ViewAsync(CancellationToken.None));
        await stop.CancelAsync();
        await running;
    }

    private static async Task<MasterLoop> LoopAsync(RecordingStore store)
    {
        var settings = new MasterSettings { WorkDirectory = "/nowhere" };
        var identity = await Identities.CreateAsync(settings, 5050, DateTimeOffset.UtcNow);
        var core = new MasterCore(Identities.Options(settings, identity, 1), new Dictionary<string, Google.Protobuf.IMessage>(StringComparer.Ordinal), DateTimeOffset.UtcNow);
        var registry = new MasterRegistry(store, new MetricRegistry(), TimeProvider.System, NullLogger.Instance);
        var outside = new Outside(new SchedulerStreams(), new OperatorSubscribers(10), new AgentLinks(NullLogger.Instance));
        return new MasterLoop(core, registry, outside, TimeProvider.System, NullLogger.Instance);
    }
}
