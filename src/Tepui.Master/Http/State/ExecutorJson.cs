using System.Text.Json;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.State;

/// <summary>Executors of frameworks as the v0 routes show them.</summary>
internal static class ExecutorJson
{
    /// <summary>Writes one executor and the agent it runs on.</summary>
    public static void Write(Utf8JsonWriter json, ExecutorInfo executor, AgentId agent)
    {
        json.WriteStartObject();
        json.WriteString("executor_id"u8, executor.ExecutorId.Value);
        json.WriteString("name"u8, executor.Name);
        json.WriteString("framework_id"u8, executor.FrameworkId?.Value ?? "");
        WriteCommand(json, executor.Command);
        ResourcesJson.Write(json, "resources"u8, executor.Resources);
        if (executor.Resources.Count > 0)
        {
            json.WriteString("role"u8, TaskJson.Role(executor.Resources));
        }

        if (executor.Labels is { } labels)
        {
            JsonValues.Labels(json, "labels"u8, labels);
        }

        if (executor.HasType)
        {
            json.WriteString("type"u8, EnumName.Of(executor.Type));
        }

        json.WriteString("slave_id"u8, agent.Value);
        json.WriteEndObject();
    }

    private static void WriteCommand(Utf8JsonWriter json, CommandInfo? command)
    {
        json.WriteStartObject("command"u8);
        if (command is { HasShell: true })
        {
            json.WriteBoolean("shell"u8, command.Shell);
        }

        if (command is { HasValue: true })
        {
            json.WriteString("value"u8, command.Value);
        }

        json.WriteStartArray("argv"u8);
        foreach (var argument in command?.Arguments ?? [])
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        MessageText.Member(json, "environment"u8, command?.Environment);
        json.WriteStartArray("uris"u8);
        foreach (var uri in command?.Uris ?? [])
        {
            json.WriteStartObject();
            json.WriteString("value"u8, uri.Value);
            json.WriteBoolean("executable"u8, uri.Executable);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
