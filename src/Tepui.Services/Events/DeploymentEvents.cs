using System.Text.Json;
using Tepui.Services.Core.Events;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Events;

/// <summary>What subscribers read about deployments.</summary>
internal static class DeploymentEvents
{
    /// <summary>Writes the members of an event. Events of an end name the deployment itself, those on the way the step.</summary>
    public static void Write(Utf8JsonWriter json, ServiceEvent.DeploymentChanged changed)
    {
        var isStep = changed.Type is "deployment_info" or "deployment_step_success" or "deployment_step_failure";
        if (!isStep)
        {
            json.WriteString("id"u8, changed.Deployment.Id);
        }

        DeploymentJson.WritePlan(json, changed.Deployment);
        if (isStep)
        {
            json.WriteStartObject("currentStep"u8);
            DeploymentJson.WriteActions(json, DeploymentJson.CurrentStep(changed.Deployment));
            json.WriteEndObject();
        }

        json.WriteIfSet("reason"u8, changed.Reason);
    }
}
