using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Tepui.Protocol.Json;
using MasterResponse = Tepui.Protocol.V1.Master.Response;
using SchedulerEvent = Tepui.Protocol.V1.Scheduler.Event;

namespace Tepui.Benchmarks.Json;

/// <summary>
/// Messages to JSON and back, beside the formatter and parser of Google.Protobuf. One invocation is one message: an OFFERS
/// event of 500 offers, or a GET_STATE answer of 1,000 tasks. Google's text differs in form (names, 64-bit integers), not in content.
/// </summary>
[MemoryDiagnoser]
public class JsonBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(4 * 1024 * 1024);
    private readonly JsonFormatter _googleFormatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private readonly JsonParser _googleParser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private readonly SchedulerEvent _offers = SampleMessages.Offers(500);
    private readonly MasterResponse _state = SampleMessages.State(1000);
    private byte[] _offersJson = [];
    private byte[] _stateJson = [];

    [GlobalSetup]
    public void Setup()
    {
        _offersJson = JsonCodec.ToBytes(_offers);
        _stateJson = JsonCodec.ToBytes(_state);
    }

    [Benchmark]
    public int WriteOffers() => Write(_offers);

    [Benchmark]
    public int WriteOffersGoogle() => WriteGoogle(_offers);

    [Benchmark]
    public int WriteState() => Write(_state);

    [Benchmark]
    public int WriteStateGoogle() => WriteGoogle(_state);

    [Benchmark]
    public bool ReadOffers() => JsonCodec.TryParse<SchedulerEvent>(_offersJson, out _, out _);

    [Benchmark]
    public SchedulerEvent ReadOffersGoogle() => _googleParser.Parse<SchedulerEvent>(Encoding.UTF8.GetString(_offersJson));

    [Benchmark]
    public bool ReadState() => JsonCodec.TryParse<MasterResponse>(_stateJson, out _, out _);

    [Benchmark]
    public MasterResponse ReadStateGoogle() => _googleParser.Parse<MasterResponse>(Encoding.UTF8.GetString(_stateJson));

    private int Write(IMessage message)
    {
        _output.ResetWrittenCount();
        JsonCodec.Write(message, _output);
        return _output.WrittenCount;
    }

    private int WriteGoogle(IMessage message) => Encoding.UTF8.GetBytes(_googleFormatter.Format(message)).Length;
}
