using System.Text.Json;
using Tepui.Agent.Core.Views;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;

namespace Tepui.Agent.Http.State;

/// <summary>Frameworks as <c>/state</c> shows them.</summary>
internal static class FrameworkJson
{
    /// <summary>Writes a framework and its executors.</summary>
    public static void Write(Utf8JsonWriter json, FrameworkView framework)
    {
        var info = framework.Info;
        json.WriteStartObject();
        json.WriteString("id"u8, info.Id?.Value ?? "");
        json.WriteString("name"u8, info.Name);
        json.WriteString("user"u8, info.User);
        JsonValues.Number(json, "failover_timeout"u8, info.FailoverTimeout);
        json.WriteBoolean("checkpoint"u8, info.Checkpoint);
        json.WriteString("hostname"u8, info.Hostname);
        if (info.HasPrincipal)
        {
            json.WriteString("principal"u8, info.Principal);
        }

        WriteRoles(json, info);
        WriteExecutors(json, "executors"u8, framework.Executors);
        WriteExecutors(json, "completed_executors"u8, framework.CompletedExecutors);
        json.WriteEndObject();
    }

    private static void WriteExecutors(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<ExecutorView> executors)
    {
        json.WriteStartArray(name);
        foreach (var executor in executors)
        {
            ExecutorJson.Write(json, executor);
        }

        json.WriteEndArray();
    }

    private static void WriteRoles(Utf8JsonWriter json, FrameworkInfo info)
    {
        if (info.Capabilities.All(capability => capability.Type != FrameworkInfo.Types.Capability.Types.Type.MultiRole))
        {
#pragma warning disable CS0612 // Frameworks without MULTI_ROLE name their one role here.
            json.WriteString("role"u8, info.Role);
#pragma warning restore CS0612
            return;
        }

        json.WriteStartArray("roles"u8);
        foreach (var role in info.Roles)
        {
            json.WriteStringValue(role);
        }

        json.WriteEndArray();
    }
}
