using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using Google.Protobuf;
using Tepui.Master.Tests.Support;
using Tepui.Protocol.RecordIo;
using Tepui.Protocol.V1.Master;

namespace Tepui.Master.Tests.Http;

public sealed class OperatorStreamTests
{
    [Fact]
    public async Task Subscribe_OnABusyCluster_BeginsWithItsState()
    {
        await using var scenario = await HolderScenario.StartAsync();
        await using var stream = await OperatorStream.OpenAsync(scenario.Master);

        var first = await stream.NextAsync();

        Assert.Equal(Event.Types.Type.Subscribed, first.Type);
        Assert.Equal(15, first.Subscribed.HeartbeatIntervalSeconds);
        Assert.Equal(4, first.Subscribed.GetState.GetTasks.Tasks.Count);
        Assert.Single(first.Subscribed.GetState.GetAgents.Agents);
        Assert.Equal(Event.Types.Type.Heartbeat, (await stream.NextAsync()).Type);
    }

    [Fact]
    public async Task Subscribe_ThenAgentsComeAndFrameworksGo_TellsEachInOrder()
    {
        await using var master = await TestMaster.StartAsync();
        await using var stream = await OperatorStream.OpenAsync(master);
        Assert.Equal(Event.Types.Type.Subscribed, (await stream.NextAsync()).Type);
        Assert.Equal(Event.Types.Type.Heartbeat, (await stream.NextAsync()).Type);

        await using var agent = await FakeAgent.RegisterAsync(master);
        await using var framework = await FakeFramework.SubscribeAsync(master);
        await framework.CallAsync(new Protocol.V1.Scheduler.Call { Type = Protocol.V1.Scheduler.Call.Types.Type.Teardown });

        Assert.Equal(agent.Id, (await stream.NextAsync()).AgentAdded.Agent.AgentInfo.Id);
        Assert.Equal(framework.Id, (await stream.NextAsync()).FrameworkAdded.Framework.FrameworkInfo.Id);
        Event last;
        do
        {
            last = await stream.NextAsync();
        }
        while (last.Type is Event.Types.Type.FrameworkUpdated or Event.Types.Type.Heartbeat);

        Assert.Equal(framework.Id, last.FrameworkRemoved.FrameworkInfo.Id);
    }

    [Fact]
    public async Task Subscribe_WhileAgentsComeIn_SeesEveryOneExactlyOnce()
    {
        // The snapshot and the events after it must fit: no agent is missing, none is told twice.
        const int Agents = 40;
        await using var master = await TestMaster.StartAsync();
        var coming = Enumerable.Range(0, Agents).Select(i => FakeAgent.RegisterAsync(
            master,
            FakeAgent.Info.Replace("\"localhost\"", $"\"host{i}\"", StringComparison.Ordinal))).ToList();

        await using var stream = await OperatorStream.OpenAsync(master);
        var agents = await Task.WhenAll(coming);
        var seen = (await stream.NextAsync()).Subscribed.GetState.GetAgents.Agents.Select(agent => agent.AgentInfo.Id.Value).ToList();
        while (seen.Count < Agents)
        {
            var next = await stream.NextAsync();
            if (next.AgentAdded is { } added)
            {
                seen.Add(added.Agent.AgentInfo.Id.Value);
            }
        }

        Assert.Equal(agents.Select(agent => agent.Id.Value).Order(), seen.Order());
        foreach (var agent in agents)
        {
            await agent.DisposeAsync();
        }
    }

    [Fact]
    public async Task Subscribe_OneTooMany_EndsTheOldest()
    {
        await using var master = await TestMaster.StartAsync(settings => settings with { MaxOperatorEventStreamSubscribers = 1 });
        await using var first = await OperatorStream.OpenAsync(master);
        await first.NextAsync();

        await using var second = await OperatorStream.OpenAsync(master);
        await second.NextAsync();

        await first.EndedAsync();
    }

    [Fact]
    public async Task Subscriber_OfShortBeats_IsSentHeartbeats()
    {
        await using var master = await TestMaster.StartAsync(settings => settings with { HeartbeatInterval = TimeSpan.FromMilliseconds(50) });
        await using var stream = await OperatorStream.OpenAsync(master, json: false);
        await stream.NextAsync();

        for (var beat = 0; beat < 4; beat++)
        {
            Assert.Equal(Event.Types.Type.Heartbeat, (await stream.NextAsync()).Type);
        }
    }

    private sealed class OperatorStream(HttpResponseMessage answer, Stream body, bool json) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
        private readonly RecordReader _reader = new(PipeReader.Create(body));

        public static async Task<OperatorStream> OpenAsync(TestMaster master, bool json = true)
        {
            var type = json ? "application/json" : "application/x-protobuf";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1")
            {
                Content = new ByteArrayContent(json ? """{"type": "SUBSCRIBE"}"""u8.ToArray() : new Call { Type = Call.Types.Type.Subscribe }.ToByteArray()),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            request.Headers.Accept.ParseAdd(type);
            var answer = await master.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
            return new OperatorStream(answer, await answer.Content.ReadAsStreamAsync(), json);
        }

        public async Task<Event> NextAsync()
        {
            using var limit = new CancellationTokenSource(Patience);
            var record = (await _reader.ReadAsync(limit.Token) ?? throw new EndOfStreamException()).ToArray();
            return json ? TestMaster.Message<Event>(System.Text.Encoding.UTF8.GetString(record)) : Event.Parser.ParseFrom(record);
        }

        public async Task EndedAsync()
        {
            using var limit = new CancellationTokenSource(Patience);
            while (await _reader.ReadAsync(limit.Token) is not null)
            {
            }
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
