using System.Text.Json;
using Tepui.Services.Core.Explaining;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>Why instances of an app or pod wait: in words, and with the figures the words rest on.</summary>
internal static class ExplainJson
{
    /// <summary>Writes the explanation as a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="view">As of one moment.</param>
    /// <param name="spec">The app or pod.</param>
    /// <param name="explanation">What the agents have to give, judged for it.</param>
    public static void Write(Utf8JsonWriter json, ServicesView view, RunSpec spec, Explanation explanation)
    {
        var instances = view.InstancesOf(spec.Id);
        var counts = InstanceCounts.Of(instances);
        var queued = view.Queue.FirstOrDefault(item => item.Spec.Id == spec.Id);
        json.WriteStartObject();
        json.WriteString("appId"u8, spec.Id.Value);
        json.WriteNumber("wanted"u8, spec.Instances);
        json.WriteNumber("running"u8, counts.Running);
        json.WriteNumber("staged"u8, counts.Staged);
        json.WriteNumber("waiting"u8, queued?.Count ?? instances.Count(instance => instance is { Condition: Condition.Scheduled, Goal: Goal.Running }));
        json.WriteTexts("reasons"u8, Reasons.Of(view, spec, counts, queued, explanation));
        WriteBackoff(json, view, spec, queued);
        WriteRejections(json, queued is { Offers.Processed: > 0 } ? queued.Offers.LastOffers : explanation.Rejections);
        WriteMiss(json, explanation.Nearest);
        WriteConstraints(json, explanation);
        json.WriteNumber("agents"u8, explanation.Agents);
        json.WriteNumber("agentsFitting"u8, explanation.Fitting);
        WriteDeployment(json, view, spec);
        AppConditionsJson.Write(json, view, spec.Id);
        json.WriteEndObject();
    }

    private static void WriteBackoff(Utf8JsonWriter json, ServicesView view, RunSpec spec, QueueItem? queued)
    {
        if (queued?.DelayedUntil is { } until && until > view.At)
        {
            json.WriteStartObject("backoff"u8);
            json.WriteTime("until"u8, until);
            json.WriteNumber("timeLeftSeconds"u8, (long)Math.Ceiling((until - view.At).TotalSeconds));
            if (view.CrashLoops.GetValueOrDefault(spec.Id) is { } loop)
            {
                json.WriteNumber("failures"u8, loop.Count);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteRejections(Utf8JsonWriter json, IReadOnlyList<RejectionCount> rejections)
    {
        json.WriteStartArray("rejections"u8);
        foreach (var rejection in rejections)
        {
            json.WriteStartObject();
            json.WriteString("reason"u8, rejection.Reason);
            json.WriteNumber("declined"u8, rejection.Declined);
            json.WriteNumber("processed"u8, rejection.Processed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMiss(Utf8JsonWriter json, NearMiss? miss)
    {
        if (miss is null)
        {
            return;
        }

        json.WriteStartObject("nearestMiss"u8);
        json.WriteString("agentId"u8, miss.Host.Agent.Value);
        json.WriteString("host"u8, miss.Host.Hostname);
        json.WriteTexts("gates"u8, miss.Gates);
        json.WriteStartArray("missing"u8);
        foreach (var (resource, wanted, offered) in miss.Missing)
        {
            json.WriteStartObject();
            json.WriteString("resource"u8, resource);
            json.WriteNumber("wanted"u8, wanted);
            json.WriteNumber("offered"u8, offered);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteConstraints(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartArray("constraints"u8);
        foreach (var (constraint, left) in explanation.Constraints)
        {
            json.WriteStartObject();
            json.WriteString("constraint"u8, ConstraintText.Of(constraint));
            json.WriteNumber("agentsLeft"u8, left);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDeployment(Utf8JsonWriter json, ServicesView view, RunSpec spec)
    {
        if (view.Deployments.FirstOrDefault(deployment => deployment.Steps.Any(step => step.Actions.Any(action => action.Spec == spec.Id))) is { } deployment)
        {
            json.WriteStartObject("deployment"u8);
            json.WriteString("id"u8, deployment.Id);
            json.WriteString("state"u8, DeploymentJson.StateText(deployment.State));
            json.WriteString("reason"u8, deployment.Reason);
            json.WriteEndObject();
        }
    }
}
