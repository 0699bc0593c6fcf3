using System.Text.Json;
using Tepui.Agent.Core.Views;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;

namespace Tepui.Agent.Http.State;

/// <summary>Executors as <c>/state</c> shows them.</summary>
internal static class ExecutorJson
{
    /// <summary>Writes an executor and its tasks.</summary>
    public static void Write(Utf8JsonWriter json, ExecutorView executor)
    {
        var info = executor.Info;
        json.WriteStartObject();
        json.WriteString("id"u8, info.ExecutorId.Value);
        json.WriteString("name"u8, info.Name);
#pragma warning disable CS0612 // Tools read it still.
        json.WriteString("source"u8, info.Source);
#pragma warning restore CS0612
        json.WriteString("container"u8, executor.Container.Value);
        json.WriteString("directory"u8, executor.Directory);

        // One that is over holds nothing any more; readers see what it had of its own.
        var resources = executor.State == "TERMINATED" ? ResourceSet.From(info.Resources) : executor.Resources;
        ResourcesJson.Write(json, "resources"u8, resources);
        if (resources.AllocationRoles.FirstOrDefault() is { } role)
        {
            json.WriteString("role"u8, role);
        }

        if (info.Labels is { } labels)
        {
            JsonValues.Labels(json, "labels"u8, labels);
        }

        if (info.HasType)
        {
            json.WriteString("type"u8, EnumName.Of(info.Type));
        }

        WriteTasks(json, "tasks"u8, executor.LaunchedTasks);
        json.WriteStartArray("queued_tasks"u8);
        foreach (var task in executor.QueuedTasks)
        {
            WriteQueued(json, task);
        }

        json.WriteEndArray();
        WriteTasks(json, "completed_tasks"u8, executor.CompletedTasks.Concat(executor.TerminatedTasks));
        json.WriteEndObject();
    }

    private static void WriteTasks(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<Protocol.V1.Task> tasks)
    {
        json.WriteStartArray(name);
        foreach (var task in tasks)
        {
            TaskJson.Write(json, task);
        }

        json.WriteEndArray();
    }

    private static void WriteQueued(Utf8JsonWriter json, TaskInfo task)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, task.TaskId.Value);
        json.WriteString("name"u8, task.Name);
        json.WriteString("slave_id"u8, task.AgentId.Value);
        ResourcesJson.Write(json, "resources"u8, ResourceSet.From(task.Resources));
        json.WriteString("role"u8, TaskJson.Role(task.Resources));
        MessageText.Member(json, "command"u8, task.Command);
        if (task.Executor is { } executor)
        {
            json.WriteString("executor_id"u8, executor.ExecutorId.Value);
        }

        MessageText.Member(json, "discovery"u8, task.Discovery);
        json.WriteEndObject();
    }
}
