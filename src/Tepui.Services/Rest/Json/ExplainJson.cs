using System.Text.Json;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>Why instances of an app or pod wait: in words, and with the figures the words rest on.</summary>
internal static class ExplainJson
{
    /// <summary>Writes the explanation as a value.</summary>
    public static void Write(Utf8JsonWriter json, ServicesView view, RunSpec spec)
    {
        var instances = view.InstancesOf(spec.Id);
        var counts = InstanceCounts.Of(instances);
        var queued = view.Queue.FirstOrDefault(item => item.Spec.Id == spec.Id);
        var missing = queued is null ? null : NearestMiss.Find(spec, queued.Offers.LastUnused);
        json.WriteStartObject();
        json.WriteString("appId"u8, spec.Id.Value);
        json.WriteNumber("wanted"u8, spec.Instances);
        json.WriteNumber("running"u8, counts.Running);
        json.WriteNumber("staged"u8, counts.Staged);
        json.WriteNumber("waiting"u8, queued?.Count ?? instances.Count(instance => instance is { Condition: Condition.Scheduled, Goal: Goal.Running }));
        json.WriteTexts("reasons"u8, Reasons.Of(view, spec, counts, queued, missing));
        WriteBackoff(json, view, spec, queued);
        WriteRejections(json, queued);
        WriteMiss(json, missing);
        WriteConstraints(json, spec, queued);
        json.WriteNumber("agents"u8, Agents(queued).Count);
        WriteDeployment(json, view, spec);
        AppConditionsJson.Write(json, view, spec.Id);
        json.WriteEndObject();
    }

    private static List<UnusedOffer> Agents(QueueItem? queued) => [.. (queued?.Offers.LastUnused ?? []).DistinctBy(unused => unused.Offer.AgentId.Value, StringComparer.Ordinal)];

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

    private static void WriteRejections(Utf8JsonWriter json, QueueItem? queued)
    {
        json.WriteStartArray("rejections"u8);
        foreach (var rejection in queued?.Offers.LastOffers ?? [])
        {
            json.WriteStartObject();
            json.WriteString("reason"u8, rejection.Reason);
            json.WriteNumber("declined"u8, rejection.Declined);
            json.WriteNumber("processed"u8, rejection.Processed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMiss(Utf8JsonWriter json, NearestMiss? miss)
    {
        if (miss is null)
        {
            return;
        }

        json.WriteStartObject("nearestMiss"u8);
        json.WriteString("agentId"u8, miss.Offer.Offer.AgentId.Value);
        json.WriteString("host"u8, miss.Offer.Offer.Hostname);
        json.WriteTexts("gates"u8, miss.Offer.Reasons);
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

    private static void WriteConstraints(Utf8JsonWriter json, RunSpec spec, QueueItem? queued)
    {
        json.WriteStartArray("constraints"u8);
        var agents = Agents(queued);
        foreach (var constraint in spec.Constraints)
        {
            json.WriteStartObject();
            json.WriteString("constraint"u8, ConstraintText.Of(constraint));
            json.WriteNumber("agentsLeft"u8, agents.Count(agent => ConstraintText.MayHold(constraint, agent.Offer)));
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
