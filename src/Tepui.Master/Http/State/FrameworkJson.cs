using System.Text.Json;
using Tepui.Master.Core.Views;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.State;

/// <summary>Frameworks as the v0 routes show them.</summary>
internal static class FrameworkJson
{
    private static readonly Protocol.V1.Scheduler.OfferConstraints NoConstraints = new();

    /// <summary>Writes a framework with its tasks, offers and executors, as in <c>/state</c>.</summary>
    public static void Write(Utf8JsonWriter json, FrameworkView framework)
    {
        var info = framework.Info;
        json.WriteStartObject();
        WriteSummary(json, framework);
        json.WriteString("user"u8, info.User);
        JsonValues.Number(json, "failover_timeout"u8, info.FailoverTimeout);
        json.WriteBoolean("checkpoint"u8, info.Checkpoint);
        JsonValues.Time(json, "registered_time"u8, framework.Registered);
        JsonValues.Number(json, "unregistered_time"u8, framework.Unregistered is { } unregistered ? JsonValues.Seconds(unregistered) : 0);
        if (info.HasPrincipal)
        {
            json.WriteString("principal"u8, info.Principal);
        }

        ResourcesJson.Write(json, "resources"u8, framework.Allocated.Add(framework.Offered));
        if (framework.Reregistered != framework.Registered)
        {
            JsonValues.Time(json, "reregistered_time"u8, framework.Reregistered);
        }

        WriteRoles(json, info);
        TaskFragments.All.WriteAll(json, "tasks"u8, framework.Tasks);
        TaskFragments.All.WriteAll(json, "unreachable_tasks"u8, framework.UnreachableTasks);
        TaskFragments.All.WriteAll(json, "completed_tasks"u8, framework.CompletedTasks);
        OfferJson.Fragments.WriteAll(json, "offers"u8, framework.Offers);
        json.WriteStartArray("executors"u8);
        foreach (var (agent, executor) in framework.Executors)
        {
            ExecutorJson.Write(json, executor, agent);
        }

        json.WriteEndArray();
        if (info.Labels is { } labels)
        {
            JsonValues.Labels(json, "labels"u8, labels);
        }

        MessageText.Member(json, "offer_constraints"u8, framework.OfferConstraints ?? NoConstraints);
        json.WriteEndObject();
    }

    /// <summary>Writes the members that <c>/state</c> and <c>/state-summary</c> share.</summary>
    public static void WriteSummary(Utf8JsonWriter json, FrameworkView framework)
    {
        var info = framework.Info;
        json.WriteString("id"u8, framework.Id.Value);
        json.WriteString("name"u8, info.Name);
        ResourcesJson.Write(json, "used_resources"u8, framework.Allocated);
        ResourcesJson.Write(json, "offered_resources"u8, framework.Offered);
        json.WriteStartArray("capabilities"u8);
        foreach (var capability in info.Capabilities)
        {
            json.WriteStringValue(EnumName.Of(capability.Type));
        }

        json.WriteEndArray();
        json.WriteString("hostname"u8, info.Hostname);
        json.WriteString("webui_url"u8, info.WebuiUrl);
        json.WriteBoolean("active"u8, framework.Active);
        json.WriteBoolean("connected"u8, framework.Connected);
        json.WriteBoolean("recovered"u8, framework.Recovered);
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
