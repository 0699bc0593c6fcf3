using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using MasterResponse = Tepui.Protocol.V1.Master.Response;
using AgentResponse = Tepui.Protocol.V1.Agent.Response;

namespace Tepui.Protocol.Json;

/// <summary>What may differ from the plain mapping when a message is written: lists that appear as <c>[]</c> when they are empty.</summary>
public sealed class JsonWriteOptions
{
    private readonly FrozenSet<FieldDescriptor> _lists;

    private JsonWriteOptions(IEnumerable<FieldDescriptor> lists) => _lists = lists.ToFrozenSet();

    /// <summary>The lists operators' tools expect in GET_STATE, GET_TASKS, GET_AGENTS, GET_FRAMEWORKS and GET_EXECUTORS of a master and of an agent, and in SUBSCRIBED (which holds a GET_STATE).</summary>
    public static JsonWriteOptions OperatorAnswers { get; } = WithEmptyLists(
        MasterResponse.Types.GetTasks.Descriptor,
        MasterResponse.Types.GetAgents.Descriptor,
        MasterResponse.Types.GetFrameworks.Descriptor,
        MasterResponse.Types.GetExecutors.Descriptor,
        AgentResponse.Types.GetTasks.Descriptor,
        AgentResponse.Types.GetFrameworks.Descriptor,
        AgentResponse.Types.GetExecutors.Descriptor);

    /// <summary>Writes every repeated field of these message types, empty or not, except deprecated ones.</summary>
    public static JsonWriteOptions WithEmptyLists(params ReadOnlySpan<MessageDescriptor> messages)
    {
        var lists = new List<FieldDescriptor>();
        foreach (var message in messages)
        {
            lists.AddRange(message.Fields.InDeclarationOrder().Where(field => field is { IsRepeated: true, IsMap: false } && field.GetOptions()?.Deprecated != true));
        }

        return new JsonWriteOptions(lists);
    }

    /// <summary>Writes these repeated fields, empty or not.</summary>
    public static JsonWriteOptions WithEmptyLists(params ReadOnlySpan<FieldDescriptor> fields) => new(fields.ToArray());

    internal bool WritesEmpty(FieldDescriptor field) => _lists.Contains(field);
}
