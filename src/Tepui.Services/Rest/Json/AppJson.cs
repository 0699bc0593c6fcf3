using System.Text.Json;
using Tepui.Runtime.Json;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>Apps with what is known of them.</summary>
/// <param name="view">Everything as of one moment.</param>
/// <param name="embeds">What is shown beside definitions.</param>
internal sealed class AppJson(ServicesView view, Embeds embeds)
{
    private static readonly Dictionary<PathId, List<string>> None = [];

    private readonly Dictionary<PathId, List<string>> _deployments = embeds.HasFlag(Embeds.Deployments) ? DeploymentsBySpec(view) : None;

    /// <summary>Writes an app as a value.</summary>
    public void Write(Utf8JsonWriter json, AppSpec app)
    {
        json.WriteStartObject();
        AppDocument.WriteMembers(json, app);
        WriteExtras(json, app);
        json.WriteEndObject();
    }

    /// <summary>Writes an app as the answer to its creation: nothing of it runs yet.</summary>
    public static void WriteCreated(Utf8JsonWriter json, AppSpec app, string deployment)
    {
        json.WriteStartObject();
        AppDocument.WriteMembers(json, app, hasVersionInfo: false);
        WriteCounts(json, default);
        WriteDeployments(json, [deployment]);
        json.WriteEndObject();
    }

    /// <summary>Ids of the deployments under way, by the apps and pods they change.</summary>
    public static Dictionary<PathId, List<string>> DeploymentsBySpec(ServicesView view)
    {
        var deployments = new Dictionary<PathId, List<string>>();
        foreach (var deployment in view.Deployments)
        {
            foreach (var spec in deployment.AffectedApps.Concat(deployment.AffectedPods))
            {
                (deployments.TryGetValue(spec, out var ids) ? ids : deployments[spec] = []).Add(deployment.Id);
            }
        }

        return deployments;
    }

    private void WriteExtras(Utf8JsonWriter json, AppSpec app)
    {
        var instances = view.InstancesOf(app.Id);
        if (embeds.HasFlag(Embeds.Counts))
        {
            WriteCounts(json, InstanceCounts.Of(instances));
        }

        if (embeds.HasFlag(Embeds.Deployments))
        {
            WriteDeployments(json, _deployments.GetValueOrDefault(app.Id) ?? []);
        }

        if (embeds.HasFlag(Embeds.Readiness))
        {
            json.WriteStartArray("readinessCheckResults"u8);
            ReadinessJson.WriteAll(json, view.Deployments.SelectMany(deployment => deployment.Progress).Where(progress => progress.Action.Spec == app.Id).SelectMany(progress => progress.Readiness));
            json.WriteEndArray();
        }

        if (embeds.HasFlag(Embeds.Tasks))
        {
            AppTaskJson.WriteList(json, "tasks"u8, view, instances);
        }

        if (embeds.HasFlag(Embeds.LastTaskFailure) && view.Failures.GetValueOrDefault(app.Id) is { } failure)
        {
            WriteFailure(json, failure);
        }

        if (embeds.HasFlag(Embeds.TaskStats))
        {
            TaskStatsJson.Write(json, view, app, instances);
        }

        if (embeds.HasFlag(Embeds.Conditions))
        {
            AppConditionsJson.Write(json, view, app.Id);
        }
    }

    private static void WriteCounts(Utf8JsonWriter json, InstanceCounts counts)
    {
        json.WriteNumber("tasksStaged"u8, counts.Staged);
        json.WriteNumber("tasksRunning"u8, counts.Running);
        json.WriteNumber("tasksHealthy"u8, counts.Healthy);
        json.WriteNumber("tasksUnhealthy"u8, counts.Unhealthy);
    }

    private static void WriteDeployments(Utf8JsonWriter json, IReadOnlyList<string> ids)
    {
        json.WriteStartArray("deployments"u8);
        foreach (var id in ids)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFailure(Utf8JsonWriter json, TaskFailure failure)
    {
        json.WriteStartObject("lastTaskFailure"u8);
        json.WriteString("appId"u8, failure.App.Value);
        json.WriteString("host"u8, failure.Host);
        json.WriteString("message"u8, failure.Message);
        json.WriteString("state"u8, EnumName.Of(failure.State));
        json.WriteString("taskId"u8, failure.Task.Value);
        json.WriteTime("timestamp"u8, failure.At);
        json.WriteTime("version"u8, failure.Version);
        json.WriteIfSet("slaveId"u8, failure.Agent?.Value);
        json.WriteEndObject();
    }
}
