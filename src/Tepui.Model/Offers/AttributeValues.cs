using System.Globalization;
using Tepui.Protocol.V1;

namespace Tepui.Model.Offers;

/// <summary>Attribute values of agents as constraints see them: text as it is, numbers with at most three decimals, ranges and sets sorted.</summary>
public static class AttributeValues
{
    /// <summary>By name; of an attribute given twice the first counts.</summary>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<Protocol.V1.Attribute> attributes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            values.TryAdd(attribute.Name, Text(attribute));
        }

        return values;
    }

    /// <summary>A number with at most three decimals, without trailing zeros.</summary>
    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The value of one.</summary>
    public static string Text(Protocol.V1.Attribute attribute) => attribute.Type switch
    {
        Value.Types.Type.Scalar => Number(attribute.Scalar?.Value ?? 0),
        Value.Types.Type.Ranges => "[" + string.Join(',', (attribute.Ranges?.Range ?? []).OrderBy(range => range.Begin).ThenBy(range => range.End).Select(range => $"{range.Begin}-{range.End}")) + "]",
        Value.Types.Type.Set => "{" + string.Join(',', (attribute.Set?.Item ?? []).Order(StringComparer.Ordinal)) + "}",
        _ => attribute.Text?.Value ?? "",
    };
}
