using System.Text.Json;
using Tepui.Model.Offers;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>An instance of a pod that is being ended.</summary>
internal static class InstanceJson
{
    /// <summary>Writes it as a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="view">As of one moment; knows the pod it is of.</param>
    /// <param name="instance">The instance.</param>
    public static void Write(Utf8JsonWriter json, ServicesView view, Instance instance)
    {
        json.WriteStartObject();
        json.WriteString("instanceId"u8, instance.Id.Value);
        json.WriteStartObject("state"u8);
        json.WriteString("condition"u8, instance.Condition.Text());
        json.WriteTime("since"u8, instance.Since);
        json.WriteTimeIfSet("activeSince"u8, instance.ActiveSince);
        if (instance.Healthy is { } healthy)
        {
            json.WriteBoolean("healthy"u8, healthy);
        }

        json.WriteString("goal"u8, instance.Goal.ToString());
        json.WriteEndObject();
        WriteAgent(json, instance.Host);
        json.WriteTime("runSpecVersion"u8, instance.SpecVersion);
        WriteUnreachable(json, view.VersionOf(instance.Spec, instance.SpecVersion)?.Unreachable);
        json.WriteEndObject();
    }

    private static void WriteUnreachable(Utf8JsonWriter json, UnreachableStrategy? strategy)
    {
        if (strategy is null)
        {
            json.WriteString("unreachableStrategy"u8, "disabled"u8);
            return;
        }

        json.WriteStartObject("unreachableStrategy"u8);
        json.WriteNumber("inactiveAfterSeconds"u8, (long)strategy.InactiveAfter.TotalSeconds);
        json.WriteNumber("expungeAfterSeconds"u8, (long)strategy.ExpungeAfter.TotalSeconds);
        json.WriteEndObject();
    }

    private static void WriteAgent(Utf8JsonWriter json, Host? host)
    {
        if (host is null)
        {
            return;
        }

        json.WriteStartObject("agentInfo"u8);
        json.WriteString("host"u8, host.Hostname);
        json.WriteString("agentId"u8, host.Agent.Value);
        json.WriteIfSet("region"u8, host.Region);
        json.WriteIfSet("zone"u8, host.Zone);
        json.WriteStartArray("attributes"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
