using Google.Protobuf;
using Tepui.Runtime.Hosting;

namespace Tepui.Frameworks.Store;

/// <summary>Reads entries of a store by the beginnings of their keys.</summary>
/// <param name="kinds">What a key of each kind begins with, and what its entries are.</param>
public sealed class EntryKinds(params (string Prefix, MessageParser Parser)[] kinds)
{
    /// <summary>Reads an entry.</summary>
    /// <exception cref="StartupException">The key is not known, or the entry is damaged.</exception>
    public IMessage Read(string key, ReadOnlyMemory<byte> value)
    {
        var parser = Array.Find(kinds, known => key.StartsWith(known.Prefix, StringComparison.Ordinal)).Parser
            ?? throw new StartupException($"The store has an entry '{key}', which this version does not know; it was written by a newer one. Start that version, or move the directory away.", ExitCode.Corrupt);
        try
        {
            return parser.ParseFrom(value.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new StartupException($"The entry '{key}' of the store cannot be read: {e.Message} Restore the directory from a backup, or move it away.", ExitCode.Corrupt, e);
        }
    }
}
