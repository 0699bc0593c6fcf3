using System.Globalization;
using System.Text.Json.Nodes;
using Tepui.Model.Schedules;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What deployment policies, autoscaling and schedules may be.</summary>
internal static class ExtensionRules
{
    /// <summary>A deployment policy as the document has it: settings of another strategy than its own would have no effect, and a deadline before any instance can be ready fails every deployment.</summary>
    public static void CheckPolicy(JsonObject? policy, string path, Problems problems)
    {
        var strategy = Words.Strategy(policy?.Text("strategy"));
        foreach (var (member, own) in new[] { ("canary", DeploymentStrategy.Canary), ("blueGreen", DeploymentStrategy.BlueGreen) })
        {
            problems.Require(policy?.ContainsKey(member) is not true || strategy == own, $"{path}/{member}", $"goes with the strategy {member} only, not {Words.Of(strategy)}");
        }

        var standard = new DeploymentPolicy();
        var deadline = policy?.Number("progressDeadlineSeconds") ?? standard.ProgressDeadline.TotalSeconds;
        var run = policy?.Number("minimumRunSeconds") ?? standard.MinimumRun.TotalSeconds;
        problems.Require(deadline == 0 || deadline > run, $"{path}/progressDeadlineSeconds", string.Create(CultureInfo.InvariantCulture, $"{deadline} must be greater than minimumRunSeconds, {run}: no instance is ready before it"));
    }

    /// <summary>Strategies beside what the spec allows.</summary>
    public static void CheckStrategy(RunSpec spec, bool mayExceed, string path, Problems problems)
    {
        if (spec.Deployment is { Strategy: not DeploymentStrategy.Rolling } policy)
        {
            problems.Require(mayExceed, $"{path}/strategy", $"must be rolling, not {Words.Of(policy.Strategy)}: with persistent or external volumes, and with a single instance, old and new instances cannot run side by side");
        }
    }

    public static void Check(AppSpec app, Problems problems)
    {
        var isBound = app.Container?.Volumes.Any(volume => volume.External?.Provider == "dvdi") is true || AppRules.IsSingleInstance(app);
        CheckStrategy(app, !isBound && !app.IsResident, "/deployment", problems);
        if (app.Autoscaling is { } policy)
        {
            Autoscaling(policy, isBound, problems);
        }

        for (var index = 0; index < app.Schedule.Count; index++)
        {
            CheckSchedule(app.Schedule[index], isBound, $"/schedule({index})", problems);
        }
    }

    private static void Autoscaling(AutoscalingPolicy policy, bool isBound, Problems problems)
    {
        const string path = "/autoscaling";
        CountRules.Check(policy.MaxInstances, $"{path}/maxInstances", problems);
        problems.Require(policy.MinInstances <= policy.MaxInstances, $"{path}/minInstances", $"{policy.MinInstances} must not be greater than maxInstances, {policy.MaxInstances}");
        problems.Require(policy.Target > 0, $"{path}/target", $"{policy.Target} must be more than 0");
        problems.Require(!isBound || policy.MaxInstances <= 1, $"{path}/maxInstances", $"must be 1, not {policy.MaxInstances}: the app may have one instance only");
        if (policy.Metric is ScalingMetric.Http)
        {
            problems.Require(policy.Url is { } url && IsWebAddress(url), $"{path}/url", policy.Url is null ? "is required with the metric http" : $"'{policy.Url}' is not an address that begins with http:// or https://");
        }
        else
        {
            problems.Require(policy.Url is null, $"{path}/url", $"goes with the metric http only, not {Words.Of(policy.Metric)}");
            problems.Require(policy.Path.Length == 0, $"{path}/path", $"goes with the metric http only, not {Words.Of(policy.Metric)}");
        }
    }

    private static void CheckSchedule(ScheduledScale scale, bool isBound, string path, Problems problems)
    {
        CountRules.Check(scale.Instances, $"{path}/instances", problems);
        if (Schedule.ParseCron(scale.Cron, zone: null, out var problem) is null)
        {
            problems.Add($"{path}/cron", problem!.Message);
        }

        problems.Require(Schedule.IsZone(scale.TimeZone, out var unknown), $"{path}/timezone", unknown?.Message ?? "");
        problems.Require(!isBound || scale.Instances <= 1, $"{path}/instances", $"must be at most 1, not {scale.Instances}: the app may have one instance only");
    }

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
}
