using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Labels as the wire has them.</summary>
internal static class WireLabels
{
    /// <summary>In the order given.</summary>
    public static Labels Of(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var wire = new Labels();
        wire.Labels_.AddRange(labels.Select(label => new Label { Key = label.Key, Value = label.Value }));
        return wire;
    }

    /// <summary>Sorted by name; <see langword="null"/> if there are none.</summary>
    public static Labels? Sorted(IReadOnlyDictionary<string, string> labels) => labels.Count == 0 ? null : Of(labels.OrderBy(label => label.Key, StringComparer.Ordinal));
}
