using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Google.Protobuf;
using Tepui.Protocol.Json;
using Tepui.Protocol.RecordIo;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Tests.Support;

/// <summary>A framework on the public API, in either format.</summary>
internal sealed class FakeFramework : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestMaster _master;
    private readonly bool _json;
    private readonly HttpResponseMessage _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Event> _events = Channel.CreateUnbounded<Event>();
    private readonly Task _reading;

    private FakeFramework(TestMaster master, bool json, HttpResponseMessage answer)
    {
        _master = master;
        _json = json;
        _answer = answer;
        StreamId = answer.Headers.TryGetValues("Mesos-Stream-Id", out var ids) ? ids.Single() : "";
        _reading = ReadAsync();
    }

    public FrameworkID Id { get; private set; } = new() { Value = "" };

    public string StreamId { get; }

    public string? ContentType => _answer.Content.Headers.ContentType?.ToString();

    /// <summary>Opens a stream; what comes first is the caller's matter.</summary>
    public static async Task<FakeFramework> OpenAsync(TestMaster master, string info, bool json = true)
    {
        var frameworkInfo = TestMaster.Message<FrameworkInfo>(info);
        var call = new Call { Type = Call.Types.Type.Subscribe, Subscribe = new Call.Types.Subscribe { FrameworkInfo = frameworkInfo } };
        if (frameworkInfo.Id is { } id)
        {
            call.FrameworkId = id;
        }

        var answer = await master.Http.SendAsync(Request(call, json, null), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new FakeFramework(master, json, answer);
    }

    /// <summary>Opens a stream and waits until subscribed.</summary>
    public static async Task<FakeFramework> SubscribeAsync(TestMaster master, string info = """{"user": "root", "name": "test"}""", bool json = true)
    {
        var framework = await OpenAsync(master, info, json);
        var first = await framework.NextAsync();
        Assert.Equal(Event.Types.Type.Subscribed, first.Type);
        framework.Id = first.Subscribed.FrameworkId;
        return framework;
    }

    /// <summary>The next event.</summary>
    public async Task<Event> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _events.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next event that satisfies <paramref name="condition"/>; others are passed over.</summary>
    public async Task<Event> WaitAsync(Func<Event, bool> condition)
    {
        while (true)
        {
            var next = await NextAsync();
            if (condition(next))
            {
                return next;
            }
        }
    }

    /// <summary>Waits until the master ended the stream.</summary>
    public async Task EndedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var _ in _events.Reader.ReadAllAsync(limit.Token))
        {
            // Passed over.
        }
    }

    /// <summary>The next offer.</summary>
    public async Task<Offer> OfferAsync() => (await WaitAsync(next => next.Type == Event.Types.Type.Offers)).Offers.Offers_[0];

    /// <summary>Makes a call on the open stream.</summary>
    public async Task<(HttpStatusCode Status, string Body)> CallAsync(Call call)
    {
        call.FrameworkId = Id;
        using var answer = await _master.Http.SendAsync(Request(call, _json, StreamId));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Accepts an offer with operations given as JSON.</summary>
    public async Task AcceptAsync(Offer offer, string operations)
    {
        var accept = TestMaster.Message<Call.Types.Accept>($$$"""{"operations": {{{operations}}}, "filters": {"refuse_seconds": 0}}""");
        accept.OfferIds.Add(offer.Id);
        var (status, body) = await CallAsync(new Call { Type = Call.Types.Type.Accept, Accept = accept });
        Assert.True(status == HttpStatusCode.Accepted, body);
    }

    /// <summary>Acknowledges a status.</summary>
    public async Task AcknowledgeAsync(Protocol.V1.TaskStatus status) => await CallAsync(new Call
    {
        Type = Call.Types.Type.Acknowledge,
        Acknowledge = new Call.Types.Acknowledge { AgentId = status.AgentId, TaskId = status.TaskId, Uuid = status.Uuid },
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _answer.Dispose();
        await _reading;
        _stop.Dispose();
    }

    private static HttpRequestMessage Request(Call call, bool json, string? stream)
    {
        var type = json ? "application/json" : "application/x-protobuf";
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scheduler")
        {
            Content = new ByteArrayContent(json ? JsonCodec.ToBytes(call) : call.ToByteArray()),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Accept.ParseAdd(type);
        if (stream is not null)
        {
            request.Headers.Add("Mesos-Stream-Id", stream);
        }

        return request;
    }

    private async Task ReadAsync()
    {
        try
        {
            var reader = new RecordReader(PipeReader.Create(await _answer.Content.ReadAsStreamAsync(_stop.Token)));
            while (await reader.ReadAsync(_stop.Token) is { } record)
            {
                var next = _json
                    ? TestMaster.Message<Event>(System.Text.Encoding.UTF8.GetString(record.ToArray()))
                    : Event.Parser.ParseFrom(record.ToArray());
                _events.Writer.TryWrite(next);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // Hung up.
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}
