using Google.Protobuf;
using Tepui.Protocol.Services;
using Tepui.Runtime.Hosting;

namespace Tepui.Services.Store;

/// <summary>Reads entries of the store by the beginnings of their keys.</summary>
internal static class StoreEntries
{
    private static readonly (string Prefix, MessageParser Parser)[] Parsers =
    [
        ("framework", FrameworkEntry.Parser),
        ("specs/", SpecEntry.Parser),
        ("versions/", SpecEntry.Parser),
        ("groups/", GroupEntry.Parser),
        ("changes/", TreeChangeEntry.Parser),
        ("instances/", InstanceEntry.Parser),
        ("deployments/", DeploymentEntry.Parser),
        ("failures/", FailureEntry.Parser),
        ("callbacks/", CallbackEntry.Parser),
        ("requests/", RequestEntry.Parser),
        ("scaling/", ScalingEntry.Parser),
    ];

    /// <summary>Reads an entry.</summary>
    /// <exception cref="StartupException">The key is not known, or the entry is damaged.</exception>
    public static IMessage Read(string key, ReadOnlyMemory<byte> value)
    {
        var parser = Array.Find(Parsers, known => key.StartsWith(known.Prefix, StringComparison.Ordinal)).Parser
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
