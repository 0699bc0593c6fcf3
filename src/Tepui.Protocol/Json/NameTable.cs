using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Tepui.Protocol.Json;

/// <summary>Finds a value by its name in UTF-8, without making a string of it. Filled once, then only read.</summary>
internal sealed class NameTable<T>
{
    private readonly (byte[] Name, T Value)[] _slots;

    public NameTable(IReadOnlyCollection<KeyValuePair<string, T>> entries)
    {
        // At most half full, so a search ends soon.
        _slots = new (byte[], T)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, entries.Count * 2))];
        foreach (var (name, value) in entries)
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            var slot = Slot(utf8);
            while (_slots[slot].Name is not null)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = (utf8, value);
        }
    }

    public bool TryGet(ReadOnlySpan<byte> name, out T value)
    {
        var slots = _slots;
        var slot = Slot(name);
        while (slots[slot].Name is { } found)
        {
            if (name.SequenceEqual(found))
            {
                value = slots[slot].Value;
                return true;
            }

            slot = (slot + 1) & (slots.Length - 1);
        }

        value = default!;
        return false;
    }

    private int Slot(ReadOnlySpan<byte> name)
    {
        // The names of one message differ in length or in their first or last eight bytes, nearly always.
        ulong hash = (uint)name.Length;
        if (name.Length >= 8)
        {
            hash ^= MemoryMarshal.Read<ulong>(name) * 31 ^ MemoryMarshal.Read<ulong>(name[^8..]);
        }
        else
        {
            foreach (var b in name)
            {
                hash = (hash * 31) ^ b;
            }
        }

        return (int)((hash * 0x9E3779B97F4A7C15) >> 40) & (_slots.Length - 1);
    }
}
