using System.Text.Json;
using Tepui.Model.Resources;

namespace Tepui.Runtime.Json;

/// <summary>Resources summed per name, as the v0 routes show them: scalars as numbers, ranges and sets as text.</summary>
public static class ResourcesJson
{
    private static readonly string[] Always = ["disk", "mem", "gpus", "cpus"];

    /// <summary>Writes the sum of <paramref name="resources"/>; cpus, gpus, mem and disk are always there, revocable ones apart.</summary>
    public static void Write(Utf8JsonWriter json, ResourceSet resources)
    {
        json.WriteStartObject();
        var firm = resources.NonRevocable;
        foreach (var name in Always)
        {
            json.WritePropertyName(name);
            JsonValues.Number(json, firm.Scalar(name) / 1000.0);
        }

        WriteOthers(json, firm, "", Always);
        WriteOthers(json, resources.Revocable, "_revocable", []);
        json.WriteEndObject();
    }

    /// <summary>Writes a member with the sum of <paramref name="resources"/>.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, ResourceSet resources)
    {
        json.WritePropertyName(name);
        Write(json, resources);
    }

    /// <summary>Writes a member with the sum of resources as messages have them.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<Protocol.V1.Resource> resources) =>
        Write(json, name, ResourceSet.From(resources));

    /// <summary>Writes a member with bare quantities, sorted by name: ranges and sets count their elements, names without any are left out.</summary>
    public static void WriteQuantities(Utf8JsonWriter json, ReadOnlySpan<byte> name, ResourceQuantities quantities)
    {
        json.WriteStartObject(name);
        foreach (var (resource, thousandths) in quantities)
        {
            json.WritePropertyName(resource);
            JsonValues.Number(json, thousandths / 1000.0);
        }

        json.WriteEndObject();
    }

    private static void WriteOthers(Utf8JsonWriter json, ResourceSet resources, string suffix, ReadOnlySpan<string> written)
    {
        if (resources.IsEmpty)
        {
            return;
        }

        var seen = new List<string>(4);
        foreach (ref readonly var item in resources.Items)
        {
            var name = item.Name;
            if (written.Contains(name) || seen.Contains(name, StringComparer.Ordinal))
            {
                continue;
            }

            seen.Add(name);
            json.WritePropertyName(suffix.Length == 0 ? name : name + suffix);
            switch (item.Kind)
            {
                case ResourceKind.Scalar:
                    JsonValues.Number(json, resources.Scalar(name) / 1000.0);
                    break;
                case ResourceKind.Ranges:
                    json.WriteStringValue(resources.Ranges(name).ToString());
                    break;
                default:
                    json.WriteStringValue(Items(resources, name).ToString());
                    break;
            }
        }
    }

    private static ResourceItems Items(ResourceSet resources, string name)
    {
        var sum = ResourceItems.Empty;
        foreach (ref readonly var item in resources.Items)
        {
            sum = item.Name == name ? sum.Add(item.Items) : sum;
        }

        return sum;
    }
}
