using System.Text.Json;
using Tepui.Master.Core.Views;
using Tepui.Model.Resources;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.State;

/// <summary>The v0 routes that list one kind of thing.</summary>
internal static class ListDocuments
{
    /// <summary><c>/slaves</c>, all or the one asked for.</summary>
    public static void WriteAgents(Utf8JsonWriter json, MasterView view, string? id)
    {
        json.WriteStartObject();
        AgentJson.FullFragments.WriteAll(json, "slaves"u8, view.Agents.Where(agent => id is null || agent.Info.Id.Value == id));
        json.WriteStartArray("recovered_slaves"u8);
        foreach (var agent in view.RecoveredAgents.Where(agent => id is null || agent.Id.Value == id))
        {
            AgentJson.WriteRecovered(json, agent);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>/frameworks</c>, all or the one asked for.</summary>
    public static void WriteFrameworks(Utf8JsonWriter json, MasterView view, string? id)
    {
        json.WriteStartObject();
        StateDocument.WriteFrameworks(json, "frameworks"u8, view.Frameworks.Where(framework => id is null || framework.Id.Value == id));
        StateDocument.WriteFrameworks(json, "completed_frameworks"u8, view.CompletedFrameworks.Where(framework => id is null || framework.Id.Value == id));
        StateDocument.WriteEmpty(json, "unregistered_frameworks"u8);
        json.WriteEndObject();
    }

    /// <summary><c>/tasks</c>: of all frameworks, by time of the first status.</summary>
    public static void WriteTasks(Utf8JsonWriter json, MasterView view, TaskQuery query)
    {
        var tasks = view.Frameworks.Concat(view.CompletedFrameworks)
            .Where(framework => query.Framework is null || framework.Id.Value == query.Framework)
            .SelectMany(framework => framework.Tasks.Concat(framework.UnreachableTasks).Concat(framework.CompletedTasks))
            .Where(task => query.Task is null || task.Task.TaskId.Value == query.Task);
        var ordered = query.Ascending ? tasks.OrderBy(FirstStatus) : tasks.OrderByDescending(FirstStatus);
        json.WriteStartObject();
        TaskFragments.All.WriteAll(json, "tasks"u8, ordered.Skip(query.Offset).Take(query.Limit));
        json.WriteEndObject();
    }

    /// <summary><c>/roles</c>: known roles with what they hold.</summary>
    public static void WriteRoles(Utf8JsonWriter json, MasterView view)
    {
        json.WriteStartObject();
        json.WriteStartArray("roles"u8);
        foreach (var role in view.Roles)
        {
            WriteRole(json, role);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRole(Utf8JsonWriter json, RoleView role)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, role.Name);
        JsonValues.Number(json, "weight"u8, role.Weight);
        json.WriteStartObject("quota"u8);
        json.WriteString("role"u8, role.Name);
        json.WriteStartObject("guarantee"u8);
        json.WriteEndObject();
        json.WriteStartObject("limit"u8);
        json.WriteEndObject();
        ResourcesJson.WriteQuantities(json, "consumed"u8, Consumed(role));
        json.WriteEndObject();
        ResourcesJson.WriteQuantities(json, "resources"u8, role.Allocated.Quantities.Add(role.Offered.Quantities));
        ResourcesJson.WriteQuantities(json, "allocated"u8, role.Allocated.Quantities);
        ResourcesJson.WriteQuantities(json, "offered"u8, role.Offered.Quantities);
        ResourcesJson.WriteQuantities(json, "reserved"u8, role.Reserved.Quantities);
        json.WriteStartArray("frameworks"u8);
        foreach (var framework in role.Frameworks)
        {
            json.WriteStringValue(framework.Value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What counts against a role's quota: all it has reserved, and what it uses of the rest.</summary>
    public static ResourceQuantities Consumed(RoleView role) => role.Reserved.Filter(IsScalar).Quantities
        .Add(role.Allocated.Unreserved.Filter(IsScalar).Quantities);

    private static bool IsScalar(Resource resource) => resource.Kind == ResourceKind.Scalar;

    private static double FirstStatus(TaskView task) => task.Task.Statuses.Count > 0 ? task.Task.Statuses[0].Timestamp : JsonValues.Seconds(task.Added);
}
