using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What a container of a pod may be.</summary>
internal static class PodContainerRules
{
    public static void Check(PodSpec pod, PodContainer container, ServicesOptions options, string path, Problems problems)
    {
        problems.Require(container.Name != "_app", $"{path}/name", "_app is reserved");
        problems.Require(container.Shell is not null || container.Argv is not null || container.Image is not null, path, "there is nothing to run: give exec or image");
        if (container.Gpus > 0)
        {
            problems.Require(options.Features.Contains("gpu_resources"), path, "gpus are given, but the feature gpu_resources is not enabled");
        }

        PartRules.Limits(container.ResourceLimits, container.Cpus, container.Mem, $"{path}/resourceLimits", problems);
        PartRules.Env(container.Env, pod, $"{path}/environment", options, problems);
        PartRules.Artifacts(container.Artifacts, $"{path}/artifacts", problems);
        if (container.Image?.PullSecret is { } secret)
        {
            problems.Require(options.Features.Contains(PartRules.SecretsFeature), $"{path}/image/pullConfig", "the feature secrets is not enabled");
            problems.Require(pod.Secrets.ContainsKey(secret), $"{path}/image/pullConfig/secret", PartRules.Undefined(secret));
        }

        Endpoints(pod, container, path, problems);
        Mounts(pod, container, path, problems);
        Health(container, path, problems);
        TaskCheck(container, path, problems);
    }

    private static void Endpoints(PodSpec pod, PodContainer container, string path, Problems problems)
    {
        var isHost = pod.Networks is [{ Mode: NetworkMode.Host }];
        var isContainer = pod.Networks.Any(network => network.Mode is not NetworkMode.Host);
        for (var index = 0; index < container.Endpoints.Count; index++)
        {
            var endpoint = container.Endpoints[index];
            var place = $"{path}/endpoints({index})";
            problems.Require(!isHost || endpoint.ContainerPort is null, $"{place}/containerPort", $"{endpoint.ContainerPort} is not possible on the host network: use hostPort");
            problems.Require(!isContainer || endpoint.ContainerPort is not null, $"{place}/containerPort", "is required on container networks");
            NetworkRules.CheckMapped(endpoint.NetworkNames, isContainer && endpoint.HostPort is not null, pod.Networks, place, problems);
        }
    }

    private static void Mounts(PodSpec pod, PodContainer container, string path, Problems problems)
    {
        for (var index = 0; index < container.VolumeMounts.Count; index++)
        {
            var mount = container.VolumeMounts[index];
            var place = $"{path}/volumeMounts({index})";
            var volume = pod.Volumes.FirstOrDefault(volume => volume.Name == mount.Name);
            problems.Require(volume is not null, $"{place}/name", $"no volume is named '{mount.Name}'");
            if (volume?.Persistent is not null)
            {
                VolumeRules.PersistentPath(mount.MountPath, $"{place}/mountPath", problems);
            }
        }
    }

    private static void Health(PodContainer container, string path, Problems problems)
    {
        if (container.HealthCheck is not { } check)
        {
            return;
        }

        var place = $"{path}/healthCheck";
        var kinds = (check.HttpEndpoint is null ? 0 : 1) + (check.TcpEndpoint is null ? 0 : 1) + (check.Shell is null && check.Argv is null ? 0 : 1);
        problems.Require(kinds == 1, place, "is exactly one of http, tcp and exec");
        problems.Require(check.Timing.Timeout < check.Timing.Interval, $"{place}/timeoutSeconds", $"{check.Timing.Timeout.TotalSeconds:0} must be less than intervalSeconds, {check.Timing.Interval.TotalSeconds:0}");
        Known(container, check.HttpEndpoint, $"{place}/http/endpoint", problems);
        Known(container, check.TcpEndpoint, $"{place}/tcp/endpoint", problems);
    }

    private static void TaskCheck(PodContainer container, string path, Problems problems)
    {
        if (container.Check is { } check)
        {
            problems.Require(AppCheckRules.Kinds(check) == 1, $"{path}/check", "is exactly one of http, tcp and exec");
            Known(container, check.Endpoint, $"{path}/check/{(check.IsTcp ? "tcp" : "http")}/endpoint", problems);
        }
    }

    private static void Known(PodContainer container, string? endpoint, string path, Problems problems) => problems.Require(
        endpoint is null || container.Endpoints.Any(each => each.Name == endpoint), path, $"the container has no endpoint '{endpoint}'");
}
