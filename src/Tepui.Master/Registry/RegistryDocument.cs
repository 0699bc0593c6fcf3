using System.Text.Json;
using Google.Protobuf;
using Tepui.Master.Http.State;
using Tepui.Model.Resources;
using Tepui.Protocol.Json;
using Tepui.Protocol.Registry;
using Tepui.Runtime.Json;

namespace Tepui.Master.Registry;

/// <summary>The registry as tools read it: members sorted by name, parts without content left out.</summary>
internal static class RegistryDocument
{
    /// <summary>Writes the document.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, IMessage> entries, MasterIdentity master)
    {
        var agents = entries.Where(entry => entry.Value is AgentEntry).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (AgentEntry)entry.Value).ToList();
        json.WriteStartObject();
        WriteList(json, "gone"u8, agents.Where(agent => agent.State == AgentEntry.Types.State.Gone), WriteReference);
        json.WriteStartObject("master"u8);
        json.WritePropertyName("info"u8);
        Sorted(json, master.Info);
        json.WriteEndObject();
        WriteList(json, "slaves"u8, agents.Where(agent => agent.State == AgentEntry.Types.State.Admitted), WriteAgent);
        WriteList(json, "unreachable"u8, agents.Where(agent => agent.State == AgentEntry.Types.State.Unreachable), WriteReference);
        WriteWeights(json, entries);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<AgentEntry> agents, Action<Utf8JsonWriter, AgentEntry> write)
    {
        var all = agents.ToList();
        if (all.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteStartArray("slaves"u8);
        all.ForEach(agent => write(json, agent));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAgent(Utf8JsonWriter json, AgentEntry agent)
    {
        var info = agent.AgentInfo.Clone();
        info.Resources.Clear();
        info.Resources.AddRange(ResourceWire.ForReaders(ResourceSet.From(agent.AgentInfo.Resources)));
        json.WriteStartObject();
        json.WriteBoolean("deactivated"u8, false);
        json.WritePropertyName("info"u8);
        Sorted(json, info);
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, AgentEntry agent)
    {
        json.WriteStartObject();
        json.WritePropertyName("id"u8);
        Sorted(json, agent.AgentInfo.Id);
        json.WriteStartObject("timestamp"u8);
        json.WriteNumber("nanoseconds"u8, agent.SinceNanoseconds);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteWeights(Utf8JsonWriter json, IReadOnlyDictionary<string, IMessage> entries)
    {
        var weights = entries.Where(entry => entry.Value is WeightEntry).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        if (weights.Count == 0)
        {
            return;
        }

        json.WriteStartArray("weights"u8);
        foreach (var (key, entry) in weights)
        {
            json.WriteStartObject();
            json.WriteStartObject("info"u8);
            json.WriteString("role"u8, key["roles/".Length..^"/weight".Length]);
            JsonValues.Number(json, "weight"u8, ((WeightEntry)entry).Weight);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Sorted(Utf8JsonWriter json, IMessage message)
    {
        using var document = JsonDocument.Parse(JsonCodec.ToBytes(message));
        Sorted(json, document.RootElement);
    }

    private static void Sorted(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    Sorted(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Sorted(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
        }
    }
}
