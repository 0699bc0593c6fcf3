using Google.Protobuf;
using Tepui.Agent.Core.Checks;
using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.GarbageCollection;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Registration;
using Tepui.Model.Identifiers;
using Tepui.Model.Time;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core;

/// <summary>The tables of an agent, one per feature. Each is changed only through its feature.</summary>
internal sealed class AgentState(AgentOptions options)
{
    private readonly Random _random = new(options.Seed);
    private long _number;

    public AgentOptions Options { get; } = options;

    /// <summary>As configured, and with the id once a master has given one.</summary>
    public AgentInfo Info { get; set; } = options.Info;

    public AgentId Id => AgentId.From(Info.Id);

    public MasterLink Master { get; } = new();

    public LeaveState Leaving { get; } = new();

    public FrameworkTable Frameworks { get; } = new(options);

    public ContainerTable Containers { get; } = new();

    /// <summary>Executors by the stream their events go to.</summary>
    public Dictionary<StreamId, ExecutorRecord> Streams { get; } = [];

    public ProbeTable Probes { get; } = new();

    public SandboxQueue Sandboxes { get; } = new(options);

    public RecoveryState Recovery { get; } = new();

    public AlarmQueue<Turn> Deadlines { get; } = new();

    public Counters Counters { get; } = new();

    /// <summary>Counts steps.</summary>
    public long Version { get; set; }

    /// <summary>A number greater than all before: gives things an order.</summary>
    public long NextNumber() => ++_number;

    /// <summary>16 random bytes with the version and variant of a random UUID.</summary>
    public ByteString NextUuid() => UnsafeByteOperations.UnsafeWrap(NextUuidBytes());

    /// <summary>A random UUID as text.</summary>
    public string NextUuidText() => new Guid(NextUuidBytes(), bigEndian: true).ToString("D");

    private byte[] NextUuidBytes()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return bytes;
    }
}
