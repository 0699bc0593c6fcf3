using System.Runtime.CompilerServices;
using System.Text.Json;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Json;

/// <summary>The JSON of immutable objects, kept as long as the object lives: an entity that did not change is serialised once, however often it is read.</summary>
/// <typeparam name="T">A view or message that is replaced, never changed.</typeparam>
public sealed class FragmentCache<T>(Action<Utf8JsonWriter, T> write)
    where T : class
{
    private readonly ConditionalWeakTable<T, byte[]> _fragments = [];

    /// <summary>The JSON of <paramref name="value"/>.</summary>
    public byte[] Get(T value) => _fragments.TryGetValue(value, out var fragment) ? fragment : Add(value);

    /// <summary>Writes the JSON of <paramref name="value"/> as the next value.</summary>
    public void Write(Utf8JsonWriter json, T value) => JsonValues.Raw(json, Get(value));

    /// <summary>Writes a member with an array of all <paramref name="values"/>.</summary>
    public void WriteAll(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<T> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            Write(json, value);
        }

        json.WriteEndArray();
    }

    private byte[] Add(T value)
    {
        using var body = new PooledBuffer();
        using (var json = new Utf8JsonWriter(body, JsonValues.Options))
        {
            write(json, value);
        }

        var fragment = body.WrittenSpan.ToArray();
        _fragments.AddOrUpdate(value, fragment);
        return fragment;
    }
}
