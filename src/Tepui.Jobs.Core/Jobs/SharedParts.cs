using Google.Protobuf.Collections;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>Gives one object for equal texts and lists, while many jobs and runs are read: most of a large number say the same.</summary>
internal sealed class SharedParts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobName> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<object, object> _parts = [];

    /// <summary>The one text that is equal to this.</summary>
    public string Text(string text)
    {
        if (text.Length == 0)
        {
            return "";
        }

        if (_texts.TryGetValue(text, out var known))
        {
            return known;
        }

        _texts[text] = text;
        return text;
    }

    /// <summary>A name, over the one text that is equal to this.</summary>
    public JobName Name(string text)
    {
        if (!_names.TryGetValue(text, out var name))
        {
            _names[text] = name = new(text);
        }

        return name;
    }

    /// <summary>What a stored list means, read once for all lists that are equal.</summary>
    public IReadOnlyList<TPart> List<TEntry, TPart>(RepeatedField<TEntry> entries, Func<TEntry, TPart> read) =>
        entries.Count == 0 ? [] : Part<IReadOnlyList<TPart>>(entries, () => entries.Select(read).ToArray());

    /// <summary>What a stored value means, read once for all values that are equal.</summary>
    public TPart Part<TPart>(object entry, Func<TPart> read)
        where TPart : notnull
    {
        if (!_parts.TryGetValue(entry, out var part))
        {
            _parts[entry] = part = read();
        }

        return (TPart)part;
    }
}
