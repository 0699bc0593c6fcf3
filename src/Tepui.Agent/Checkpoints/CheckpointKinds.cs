using Google.Protobuf;
using Tepui.Protocol.Checkpoints;

namespace Tepui.Agent.Checkpoints;

/// <summary>Which message a key of the checkpoint store holds; see checkpoint.proto.</summary>
internal static class CheckpointKinds
{
    private static readonly Dictionary<string, MessageParser> Parsers = new(StringComparer.Ordinal)
    {
        ["agent"] = AgentEntry.Parser,
        ["epoch"] = EpochEntry.Parser,
        ["frameworks"] = FrameworkEntry.Parser,
        ["runs"] = RunEntry.Parser,
        ["tasks"] = TaskEntry.Parser,
        ["updates"] = UpdateEntry.Parser,
        ["kills"] = KillEntry.Parser,
    };

    /// <summary>Reads an entry.</summary>
    /// <exception cref="InvalidDataException">The key is of no known kind, or the bytes are not its message.</exception>
    public static IMessage Read(string key, ReadOnlySpan<byte> value)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var kind = slash < 0 ? key : key[..slash];
        if (!Parsers.TryGetValue(kind, out var parser))
        {
            throw new InvalidDataException($"The checkpoint '{key}' is of a kind this version does not know; it knows {string.Join(", ", Parsers.Keys)}");
        }

        try
        {
            return parser.ParseFrom(value);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"The checkpoint '{key}' ({value.Length} bytes) cannot be read: {e.Message}", e);
        }
    }
}
