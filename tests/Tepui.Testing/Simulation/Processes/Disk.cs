using Google.Protobuf;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>What survives a process: entries by key, as bytes.</summary>
internal sealed class Disk
{
    private readonly SortedDictionary<string, (ByteString Bytes, MessageParser Parser)> _entries = new(StringComparer.Ordinal);

    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>Told of every entry once it lasts; <see langword="null"/> for one that is removed.</summary>
    public Action<string, IMessage?>? Lasts { get; set; }

    /// <summary>The next write does not fit.</summary>
    public bool IsFull { get; set; }

    public bool Has(string key) => _entries.ContainsKey(key);

    public IMessage? Read(string key) => _entries.TryGetValue(key, out var entry) ? entry.Parser.ParseFrom(entry.Bytes) : null;

    public Dictionary<string, IMessage> Load() => _entries.ToDictionary(static entry => entry.Key, static entry => entry.Value.Parser.ParseFrom(entry.Value.Bytes), StringComparer.Ordinal);

    public void Put(string key, IMessage? entry)
    {
        if (entry is null)
        {
            _entries.Remove(key);
        }
        else
        {
            _entries[key] = (entry.ToByteString(), entry.Descriptor.Parser);
        }

        Lasts?.Invoke(key, entry);
    }
}
