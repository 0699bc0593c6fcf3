using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Pods;

/// <summary>Makes a pod of its canonical JSON: shape is checked, defaults that depend on other fields are filled in.</summary>
internal static class PodReader
{
    public static PodSpec Read(JsonObject pod)
    {
        var changed = PartReader.Changes(pod);
        var scheduling = pod.Object("scheduling");
        var backoff = scheduling?.Object("backoff");
        var placement = scheduling?.Object("placement");
        return new()
        {
            Id = new(pod.Text("id")!),
            Version = changed.Version,
            LastScalingAt = changed.Scaling,
            LastConfigChangeAt = changed.Config,
            Instances = pod.Object("scaling")?.Integer("instances") ?? 1,
            Role = pod.Text("role") ?? "*",
            User = pod.Text("user"),
            AcceptedResourceRoles = placement?.Texts("acceptedResourceRoles"),
            Constraints = placement?.Each("constraints", Constraint) ?? [],
            Networks = pod.Each("networks", PartReader.Network),
            Env = PartReader.Env(pod, "environment"),
            Secrets = PartReader.Secrets(pod),
            Labels = pod.Strings("labels"),
            Backoff = new(backoff?.Seconds("backoff") ?? TimeSpan.FromSeconds(1), backoff?.Number("backoffFactor") ?? 1.15, backoff?.Seconds("maxLaunchDelay") ?? TimeSpan.FromSeconds(300)),
            Upgrade = PartReader.Upgrade(scheduling?.Object("upgrade")),
            Unreachable = PartReader.Unreachable(scheduling?["unreachableStrategy"]),
            KillSelection = Words.Selection(scheduling?.Text("killSelection")),
            ExecutorResources = PartReader.ExecutorResources(pod.Object("executorResources")) ?? new(0.1, 32, 10),
            Deployment = PartReader.Deployment(scheduling?.Object("deployment")),
            Containers = pod.Each("containers", Container),
            Volumes = pod.Each("volumes", Volume),
            LinuxInfo = PartReader.Linux(pod.Object("linuxInfo")),
            LegacySharedCgroups = pod.Flag("legacySharedCgroups"),
        };
    }

    private static Constraint Constraint(JsonObject constraint)
    {
        Words.TryOperator(constraint.Text("operator")!, out var rule);
        return new(constraint.Text("fieldName")!, rule, constraint.Text("value"));
    }

    private static PodContainer Container(JsonObject container)
    {
        var exec = container.Object("exec");
        var resources = container.Object("resources");
        return new()
        {
            Name = container.Text("name")!,
            Shell = exec?.Object("command")?.Text("shell"),
            Argv = exec?.Object("command")?.Texts("argv"),
            OverrideEntrypoint = exec?.Flag("overrideEntrypoint"),
            Cpus = resources?.Number("cpus") ?? 1,
            Mem = resources?.Number("mem") ?? 128,
            Disk = resources?.Number("disk") ?? 0,
            Gpus = resources?.Integer("gpus") ?? 0,
            ResourceLimits = PartReader.Limits(container.Object("resourceLimits")),
            Endpoints = container.Each("endpoints", Endpoint),
            Image = container.Object("image") is { } image ? Image(image) : null,
            Env = PartReader.Env(container, "environment"),
            User = container.Text("user"),
            HealthCheck = container.Object("healthCheck") is { } health ? HealthCheck(health) : null,
            Check = container.Object("check") is { } check ? PartReader.Check(check) : null,
            VolumeMounts = container.Each("volumeMounts", mount => new VolumeMount(mount.Text("name")!, mount.Text("mountPath")!, mount.Flag("readOnly"))),
            Artifacts = container.Each("artifacts", PartReader.Artifact),
            Labels = container.Strings("labels"),
            KillGracePeriod = container.Object("lifecycle")?.Seconds("killGracePeriodSeconds"),
            Tty = container.Flag("tty"),
            LinuxInfo = PartReader.Linux(container.Object("linuxInfo")),
        };
    }

    private static Endpoint Endpoint(JsonObject endpoint) => new(
        endpoint.Text("name")!,
        endpoint.Integer("containerPort"),
        endpoint.Integer("hostPort"),
        endpoint.Texts("protocol") is { Count: > 0 } protocols ? protocols : ["tcp"],
        endpoint.Strings("labels"),
        endpoint.Texts("networkNames") ?? []);

    private static PodImage Image(JsonObject image) => new(
        image.Text("kind")!, image.Text("id")!, image.Object("pullConfig")?.Text("secret"), image.Flag("forcePull"), image.Strings("labels"));

    private static PodVolume Volume(JsonObject volume) => new(
        volume.Text("name")!, volume.Text("host"), volume.Object("persistent") is { } persistent ? PartReader.Persistent(persistent) : null, volume.Text("secret"));

    private static PodHealthCheck HealthCheck(JsonObject check)
    {
        var http = check.Object("http");
        var command = check.Object("exec")?.Object("command");
        return new()
        {
            HttpEndpoint = http?.Text("endpoint"),
            HttpPath = http?.Text("path"),
            HttpScheme = http?.Text("scheme"),
            TcpEndpoint = check.Object("tcp")?.Text("endpoint"),
            Shell = command?.Text("shell"),
            Argv = command?.Texts("argv"),
            Timing = PartReader.Timing(check),
        };
    }
}
