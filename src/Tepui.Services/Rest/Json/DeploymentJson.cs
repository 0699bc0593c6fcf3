using System.Text.Json;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest.Json;

/// <summary>Deployments as clients read them.</summary>
internal static class DeploymentJson
{
    /// <summary>Writes a deployment as a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="withProgress">Whether members are shown that Marathon's clients do not know.</param>
    public static void Write(Utf8JsonWriter json, DeploymentView deployment, bool withProgress)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, deployment.Id);
        json.WriteTime("version"u8, deployment.Version);
        json.WriteTexts("affectedApps"u8, deployment.AffectedApps.Select(id => id.Value));
        json.WriteTexts("affectedPods"u8, deployment.AffectedPods.Select(id => id.Value));
        WriteSteps(json, deployment.Steps);
        WriteCurrentActions(json, deployment);
        json.WriteNumber("currentStep"u8, Math.Min(deployment.StepIndex + 1, Math.Max(deployment.Steps.Count, 1)));
        json.WriteNumber("totalSteps"u8, deployment.Steps.Count);
        if (withProgress)
        {
            WriteProgress(json, deployment);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes steps as a member of the open object.</summary>
    public static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<DeploymentStep> steps)
    {
        json.WriteStartArray("steps"u8);
        foreach (var step in steps)
        {
            json.WriteStartObject();
            WriteActions(json, step);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the plan of a deployment, as events tell it, as a member of the open object.</summary>
    public static void WritePlan(Utf8JsonWriter json, DeploymentView deployment)
    {
        json.WriteStartObject("plan"u8);
        json.WriteString("id"u8, deployment.Id);
        WriteSteps(json, deployment.Steps);
        json.WriteTime("version"u8, deployment.Version);
        WriteRoot(json, "original"u8, null);
        WriteRoot(json, "target"u8, deployment.Version);
        json.WriteEndObject();
    }

    // Clients of old releases read the groups before and after out of every plan; they only need them to be there.
    private static void WriteRoot(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? version)
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, "/"u8);
        json.WriteTimeIfSet("version"u8, version);
        json.WriteEndObject();
    }

    /// <summary>Writes actions as a member of the open object.</summary>
    public static void WriteActions(Utf8JsonWriter json, DeploymentStep? step)
    {
        json.WriteStartArray("actions"u8);
        foreach (var action in step?.Actions ?? [])
        {
            json.WriteStartObject();
            WriteAction(json, action);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The step under way, if there is one.</summary>
    public static DeploymentStep? CurrentStep(DeploymentView deployment) => deployment.StepIndex < deployment.Steps.Count ? deployment.Steps[deployment.StepIndex] : null;

    /// <summary>How a deployment stands, or how it ended, in one word.</summary>
    public static string StateText(DeploymentState state) => state switch
    {
        DeploymentState.Running => "running",
        DeploymentState.Paused => "paused",
        DeploymentState.WaitingForPromotion => "waitingForPromotion",
        DeploymentState.RollingBack => "rollingBack",
        DeploymentState.Succeeded => "success",
        DeploymentState.Failed => "failed",
        DeploymentState.Cancelled => "cancelled",
        _ => "rolledBack",
    };

    private static void WriteAction(Utf8JsonWriter json, DeploymentAction action)
    {
        json.WriteString("action"u8, action.Name);
        json.WriteString(action.IsPod ? "pod"u8 : "app"u8, action.Spec.Value);
    }

    private static void WriteCurrentActions(Utf8JsonWriter json, DeploymentView deployment)
    {
        json.WriteStartArray("currentActions"u8);
        foreach (var action in CurrentStep(deployment)?.Actions ?? [])
        {
            json.WriteStartObject();
            WriteAction(json, action);
            json.WriteStartArray("readinessCheckResults"u8);
            ReadinessJson.WriteAll(json, deployment.Progress.Where(progress => progress.Action == action).SelectMany(progress => progress.Readiness));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProgress(Utf8JsonWriter json, DeploymentView deployment)
    {
        var isOver = deployment.FinishedAt is not null;
        json.WriteString(isOver ? "outcome"u8 : "state"u8, StateText(deployment.State));
        json.WriteString("strategy"u8, deployment.Strategy switch
        {
            DeploymentStrategy.Canary => "canary",
            DeploymentStrategy.BlueGreen => "blueGreen",
            _ => "rolling",
        });
        json.WriteTime("startedAt"u8, deployment.StartedAt);
        json.WriteTimeIfSet("finishedAt"u8, deployment.FinishedAt);
        json.WriteString("reason"u8, deployment.Reason);
        json.WriteStartArray("progress"u8);
        foreach (var progress in deployment.Progress)
        {
            json.WriteStartObject();
            json.WriteString("app"u8, progress.Action.Spec.Value);
            json.WriteString("action"u8, progress.Action.Name);
            json.WriteNumber("target"u8, progress.Target);
            json.WriteNumber("old"u8, progress.Old);
            json.WriteNumber("new"u8, progress.New);
            json.WriteNumber("ready"u8, progress.Ready);
            json.WriteNumber("healthy"u8, progress.Healthy);
            json.WriteBoolean("done"u8, progress.Done);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
