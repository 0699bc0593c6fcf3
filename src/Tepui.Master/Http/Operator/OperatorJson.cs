using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Tepui.Protocol.Json;
using Tepui.Protocol.V1.Master;
using Tepui.Runtime.Json;
using static Tepui.Protocol.V1.Master.Response.Types;

namespace Tepui.Master.Http.Operator;

/// <summary>How answers to operators look in JSON where they differ from the plain mapping.</summary>
internal static class OperatorJson
{
    /// <summary>Lists that are there even when empty.</summary>
    public static JsonWriteOptions Options { get; } = JsonWriteOptions.WithEmptyLists(
        GetTasks.Descriptor.FindFieldByName("tasks"),
        GetTasks.Descriptor.FindFieldByName("unreachable_tasks"),
        GetTasks.Descriptor.FindFieldByName("completed_tasks"),
        GetExecutors.Descriptor.FindFieldByName("executors"),
        GetFrameworks.Descriptor.FindFieldByName("frameworks"),
        GetFrameworks.Descriptor.FindFieldByName("completed_frameworks"),
        GetAgents.Descriptor.FindFieldByName("agents"),
        GetAgents.Descriptor.FindFieldByName("recovered_agents"));

    /// <summary>The JSON of agents, tasks and offers, kept with the message: in a large answer little of it is new.</summary>
    private static FragmentCache<IMessage> Kept { get; } = new((json, message) => JsonCodec.Write(json, message));

    /// <summary>Writes an answer. The lists that grow with the cluster are put together from what was written before.</summary>
    public static void Write(IBufferWriter<byte> output, Response response)
    {
        if (response.Type is not (Response.Types.Type.GetState or Response.Types.Type.GetTasks or Response.Types.Type.GetAgents))
        {
            JsonCodec.Write(response, output, Options);
            return;
        }

        using var json = new Utf8JsonWriter(output, JsonValues.Options);
        json.WriteStartObject();
        json.WriteString("type"u8, EnumName.Of(response.Type));
        if (response.GetState is { } state)
        {
            json.WriteStartObject("get_state"u8);
            Write(json, state.GetTasks);
            json.WritePropertyName("get_executors"u8);
            JsonCodec.Write(json, state.GetExecutors, Options);
            json.WritePropertyName("get_frameworks"u8);
            JsonCodec.Write(json, state.GetFrameworks, Options);
            Write(json, state.GetAgents);
            json.WriteEndObject();
        }

        Write(json, response.GetTasks);
        Write(json, response.GetAgents);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GetTasks? tasks)
    {
        if (tasks is not null)
        {
            json.WriteStartObject("get_tasks"u8);
            Kept.WriteAll(json, "tasks"u8, tasks.Tasks);
            Kept.WriteAll(json, "unreachable_tasks"u8, tasks.UnreachableTasks);
            Kept.WriteAll(json, "completed_tasks"u8, tasks.CompletedTasks);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, GetAgents? agents)
    {
        if (agents is not null)
        {
            json.WriteStartObject("get_agents"u8);
            Kept.WriteAll(json, "agents"u8, agents.Agents);
            Kept.WriteAll(json, "recovered_agents"u8, agents.RecoveredAgents);
            json.WriteEndObject();
        }
    }
}
