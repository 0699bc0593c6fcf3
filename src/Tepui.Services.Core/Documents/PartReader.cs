using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Makes the parts that apps and pods share of their canonical JSON.</summary>
internal static class PartReader
{
    /// <summary>Times of the last changes. The shell stores them with every version; documents of clients have none that count.</summary>
    public static (DateTimeOffset Version, DateTimeOffset Scaling, DateTimeOffset Config) Changes(JsonObject spec)
    {
        var info = spec.Object("versionInfo");
        return (Time(spec, "version"), info is null ? default : Time(info, "lastScalingAt"), info is null ? default : Time(info, "lastConfigChangeAt"));
    }

    /// <summary>Constraints as lists of two or three texts.</summary>
    public static IReadOnlyList<Constraint> Constraints(JsonArray? constraints)
    {
        if (constraints is not { Count: > 0 })
        {
            return [];
        }

        var read = new List<Constraint>(constraints.Count);
        foreach (var item in constraints)
        {
            if (item is JsonArray { Count: 2 or 3 } parts && Words.TryOperator(Part(parts, 1), out var rule))
            {
                read.Add(new(Part(parts, 0), rule, parts.Count == 3 ? Part(parts, 2) : null));
            }
        }

        return read;

        static string Part(JsonArray parts, int index) => parts[index]!.GetValue<string>();
    }

    public static Network Network(JsonObject network) => new(Words.Mode(network.Text("mode")), network.Text("name"), network.Strings("labels"));

    public static IReadOnlyDictionary<string, EnvValue> Env(JsonObject spec, string name) =>
        spec.Map(name, Empty.Env, value => value is JsonObject secret ? new EnvValue(null, secret.Text("secret")) : new EnvValue(value.GetValue<string>(), null));

    public static IReadOnlyDictionary<string, string> Secrets(JsonObject spec) => spec.Map("secrets", Empty.Strings, value => ((JsonObject)value).Text("source")!);

    public static UpgradeStrategy Upgrade(JsonObject? upgrade) => new(upgrade?.Number("minimumHealthCapacity") ?? 1, upgrade?.Number("maximumOverCapacity") ?? 1);

    public static UnreachableStrategy? Unreachable(JsonNode? strategy) => strategy switch
    {
        JsonObject times => new(times.Seconds("inactiveAfterSeconds") ?? TimeSpan.Zero, times.Seconds("expungeAfterSeconds") ?? TimeSpan.Zero),
        null => new(TimeSpan.Zero, TimeSpan.Zero),
        _ => null,
    };

    public static ExecutorResources? ExecutorResources(JsonObject? resources) =>
        resources is null ? null : new(resources.Number("cpus") ?? 0.1, resources.Number("mem") ?? 32, resources.Number("disk") ?? 10);

    public static ResourceLimits? Limits(JsonObject? limits)
    {
        return limits is null ? null : new(Limit("cpus"), Limit("mem"));

        double? Limit(string name) => limits[name] switch
        {
            null => null,
            var node when node.GetValueKind() is System.Text.Json.JsonValueKind.String => double.PositiveInfinity,
            var node => Json.Number(node),
        };
    }

    public static Artifact Artifact(JsonObject artifact) => new(
        artifact.Text("uri")!, artifact.Flag("extract") ?? true, artifact.Flag("executable") ?? false, artifact.Flag("cache") ?? false, artifact.Text("destPath"));

    public static LinuxSettings? Linux(JsonObject? linux)
    {
        var seccomp = linux?.Object("seccomp");
        var ipc = linux?.Object("ipcInfo");
        return linux is null ? null : new(seccomp?.Text("profileName"), seccomp?.Flag("unconfined"), ipc?.Text("mode"), ipc?.Integer("shmSize"));
    }

    public static PersistentVolume Persistent(JsonObject volume) => new(
        volume.Text("type") ?? (volume.ContainsKey("profileName") ? "mount" : "root"),
        volume.Number("size") ?? 0,
        volume.Number("maxSize"),
        volume.Text("profileName"),
        Constraints(volume.List("constraints")));

    public static CheckTiming Timing(JsonObject check) => new(
        check.Seconds("gracePeriodSeconds") ?? TimeSpan.FromSeconds(300),
        check.Seconds("intervalSeconds") ?? TimeSpan.FromSeconds(60),
        check.Seconds("timeoutSeconds") ?? TimeSpan.FromSeconds(20),
        check.Seconds("delaySeconds") ?? TimeSpan.FromSeconds(15),
        check.Integer("maxConsecutiveFailures") ?? 3);

    public static TaskCheck Check(JsonObject check)
    {
        var http = check.Object("http");
        var port = http ?? check.Object("tcp");
        var command = check.Object("exec")?.Object("command");
        return new()
        {
            HttpPath = http?.Text("path"),
            HttpScheme = http is null ? null : http.Text("scheme") ?? "HTTP",
            IsTcp = check.ContainsKey("tcp"),
            PortIndex = port?.Integer("portIndex"),
            Port = port?.Integer("port"),
            Endpoint = port?.Text("endpoint"),
            Shell = command?.Text("shell"),
            Argv = command?.Texts("argv"),
            Interval = check.Seconds("intervalSeconds") ?? TimeSpan.FromSeconds(60),
            Timeout = check.Seconds("timeoutSeconds") ?? TimeSpan.FromSeconds(20),
            Delay = check.Seconds("delaySeconds") ?? TimeSpan.FromSeconds(15),
        };
    }

    public static DeploymentPolicy? Deployment(JsonObject? policy)
    {
        if (policy is null)
        {
            return null;
        }

        var strategy = Words.Strategy(policy.Text("strategy"));
        var canary = strategy is DeploymentStrategy.Canary ? policy.Object("canary") : null;
        var blueGreen = strategy is DeploymentStrategy.BlueGreen ? policy.Object("blueGreen") : null;
        var promotion = canary ?? blueGreen;
        return new()
        {
            Strategy = strategy,
            ProgressDeadline = policy.Seconds("progressDeadlineSeconds") ?? TimeSpan.FromSeconds(600),
            FailureThreshold = policy.Integer("failureThreshold") ?? 10,
            MinimumRun = TimeSpan.FromSeconds(policy.Integer("minimumRunSeconds") ?? 5),
            AutoRollback = policy.Flag("autoRollback") ?? true,
            CanaryInstances = canary?.Integer("instances") ?? 1,
            PromoteAutomatically = promotion?.Text("promote") == "auto",
            PromoteAfter = promotion?.Seconds("afterSeconds") ?? TimeSpan.FromSeconds(60),
            DropOld = blueGreen?.Flag("dropOld") ?? true,
        };
    }

    public static AutoscalingPolicy? Autoscaling(JsonObject? policy) => policy is null ? null : new(
        policy.Integer("minInstances") ?? 0,
        policy.Integer("maxInstances") ?? 0,
        Words.Metric(policy.Text("metric")),
        policy.Number("target") ?? 0,
        policy.Text("url"),
        policy.Text("path") ?? "",
        policy.Seconds("intervalSeconds") ?? TimeSpan.FromSeconds(15),
        policy.Seconds("scaleUpCooldownSeconds") ?? TimeSpan.FromSeconds(60),
        policy.Seconds("scaleDownCooldownSeconds") ?? TimeSpan.FromSeconds(300));

    private static DateTimeOffset Time(JsonObject members, string name) => members.Text(name) is { } text && Json.TryReadTime(text, out var time) ? time : default;
}
