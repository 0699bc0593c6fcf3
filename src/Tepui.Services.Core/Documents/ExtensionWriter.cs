using System.Text.Json;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Writes deployment policies, autoscaling and schedules, where the document had them.</summary>
internal static class ExtensionWriter
{
    public static void WriteDeployment(this Utf8JsonWriter writer, DeploymentPolicy? policy)
    {
        if (policy is null)
        {
            return;
        }

        writer.WriteStartObject("deployment"u8);
        writer.WriteString("strategy"u8, Words.Of(policy.Strategy));
        writer.WriteSeconds("progressDeadlineSeconds"u8, policy.ProgressDeadline);
        writer.WriteNumber("failureThreshold"u8, policy.FailureThreshold);
        writer.WriteNumber("minimumRunSeconds"u8, (long)policy.MinimumRun.TotalSeconds);
        writer.WriteBoolean("autoRollback"u8, policy.AutoRollback);
        if (policy.Strategy is DeploymentStrategy.Canary)
        {
            writer.WriteStartObject("canary"u8);
            writer.WriteNumber("instances"u8, policy.CanaryInstances);
            WritePromotion(writer, policy);
            writer.WriteEndObject();
        }
        else if (policy.Strategy is DeploymentStrategy.BlueGreen)
        {
            writer.WriteStartObject("blueGreen"u8);
            WritePromotion(writer, policy);
            writer.WriteBoolean("dropOld"u8, policy.DropOld);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static void WriteAutoscaling(this Utf8JsonWriter writer, AutoscalingPolicy? policy)
    {
        if (policy is null)
        {
            return;
        }

        writer.WriteStartObject("autoscaling"u8);
        writer.WriteNumber("minInstances"u8, policy.MinInstances);
        writer.WriteNumber("maxInstances"u8, policy.MaxInstances);
        writer.WriteString("metric"u8, Words.Of(policy.Metric));
        writer.WriteNumber("target"u8, policy.Target);
        writer.WriteText("url"u8, policy.Url);
        if (policy.Path.Length > 0)
        {
            writer.WriteString("path"u8, policy.Path);
        }

        writer.WriteSeconds("intervalSeconds"u8, policy.Interval);
        writer.WriteSeconds("scaleUpCooldownSeconds"u8, policy.ScaleUpCooldown);
        writer.WriteSeconds("scaleDownCooldownSeconds"u8, policy.ScaleDownCooldown);
        writer.WriteEndObject();
    }

    public static void ScheduledScale(Utf8JsonWriter writer, ScheduledScale scale)
    {
        writer.WriteString("cron"u8, scale.Cron);
        writer.WriteString("timezone"u8, scale.TimeZone);
        writer.WriteNumber("instances"u8, scale.Instances);
    }

    private static void WritePromotion(Utf8JsonWriter writer, DeploymentPolicy policy)
    {
        writer.WriteString("promote"u8, policy.PromoteAutomatically ? "auto"u8 : "manual"u8);
        writer.WriteSeconds("afterSeconds"u8, policy.PromoteAfter);
    }
}
