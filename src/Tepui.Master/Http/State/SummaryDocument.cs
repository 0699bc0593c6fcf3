using System.Buffers;
using System.Text.Json;
using Tepui.Master.Core.Views;
using Tepui.Protocol.V1;
using Tepui.Runtime.Http;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.State;

/// <summary><c>/state-summary</c>: agents and frameworks with counts of tasks instead of tasks.</summary>
internal static class SummaryDocument
{
    private static readonly TaskState[] Counted =
    [
        TaskState.TaskStaging, TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskKilling, TaskState.TaskFinished,
        TaskState.TaskKilled, TaskState.TaskFailed, TaskState.TaskLost, TaskState.TaskError, TaskState.TaskUnreachable,
    ];

    private static readonly byte[] NoTasks = Counts(null)[1..];

    /// <summary>Writes the document.</summary>
    public static void Write(Utf8JsonWriter json, MasterView view, MasterIdentity master)
    {
        var byAgent = new Dictionary<string, Tally>(StringComparer.Ordinal);
        var byFramework = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var framework in view.Frameworks.Concat(view.CompletedFrameworks))
        {
            Count(framework, byAgent, byFramework);
        }

        json.WriteStartObject();
        json.WriteString("hostname"u8, master.Info.Hostname);
        if (master.Cluster is { } cluster)
        {
            json.WriteString("cluster"u8, cluster);
        }

        json.WriteStartArray("slaves"u8);
        foreach (var agent in view.Agents)
        {
            WriteAgent(json, agent, byAgent.GetValueOrDefault(agent.Info.Id.Value));
        }

        json.WriteEndArray();
        json.WriteStartArray("frameworks"u8);
        foreach (var framework in view.Frameworks)
        {
            json.WriteStartObject();
            FrameworkJson.WriteSummary(json, framework);
            WriteTally(json, "slave_ids"u8, byFramework.GetValueOrDefault(framework.Id.Value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Count(FrameworkView framework, Dictionary<string, Tally> byAgent, Dictionary<string, Tally> byFramework)
    {
        foreach (var view in framework.Tasks.Concat(framework.UnreachableTasks).Concat(framework.CompletedTasks))
        {
            var task = view.Task;
            Of(byAgent, task.AgentId.Value).Add(task.State, task.FrameworkId.Value);
            Of(byFramework, task.FrameworkId.Value).Add(task.State, task.AgentId.Value);
        }

        foreach (var (agent, _) in framework.Executors)
        {
            Of(byAgent, agent.Value).Others.Add(framework.Id.Value);
            Of(byFramework, framework.Id.Value).Others.Add(agent.Value);
        }
    }

    // The agent's own members come as they are kept for /state; most agents of a large cluster are quick to write that way.
    private static void WriteAgent(Utf8JsonWriter json, AgentView agent, Tally? tally)
    {
        var members = AgentJson.Fragments.Get(agent);
        using var buffer = new PooledBuffer(members.Length + 512);
        buffer.Write(members.AsSpan(0, members.Length - 1));
        buffer.Write(","u8);
        buffer.Write(tally is null ? NoTasks : Counts(tally).AsSpan(1));
        JsonValues.Raw(json, buffer.WrittenSpan);
    }

    private static byte[] Counts(Tally? tally)
    {
        using var buffer = new PooledBuffer(512);
        using (var json = new Utf8JsonWriter(buffer, JsonValues.Options))
        {
            json.WriteStartObject();
            WriteTally(json, "framework_ids"u8, tally);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTally(Utf8JsonWriter json, ReadOnlySpan<byte> others, Tally? tally)
    {
        foreach (var state in Counted)
        {
            json.WriteNumber(EnumName.Of(state), tally?.States.GetValueOrDefault(state) ?? 0);
        }

        json.WriteStartArray(others);
        foreach (var id in tally?.Others ?? [])
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }

    private static Tally Of(Dictionary<string, Tally> tallies, string id)
    {
        if (!tallies.TryGetValue(id, out var tally))
        {
            tallies[id] = tally = new Tally();
        }

        return tally;
    }

    private sealed class Tally
    {
        public Dictionary<TaskState, int> States { get; } = [];

        public SortedSet<string> Others { get; } = new(StringComparer.Ordinal);

        public void Add(TaskState state, string other)
        {
            States[state] = States.GetValueOrDefault(state) + 1;
            Others.Add(other);
        }
    }
}
