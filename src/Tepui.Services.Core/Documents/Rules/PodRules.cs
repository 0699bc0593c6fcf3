using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>Rules between the fields of a pod. All breaches are reported together.</summary>
internal static class PodRules
{
    /// <summary>Reports what is wrong with a pod.</summary>
    /// <param name="pod">In canonical form.</param>
    /// <param name="context">What it is judged against.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static void Check(PodSpec pod, DocumentContext context, Problems problems)
    {
        IdRules.Check(pod.Id, pod.Containers.Select(container => container.Name).MaxBy(name => name.Length) ?? "", "/id", problems);
        problems.Require(context.Tree.App(pod.Id) is null, "/id", $"{pod.Id} is the id of an app; ids must be unique");
        CountRules.Check(pod.Instances, "/scaling/instances", problems);
        NetworkRules.Check(pod.Networks, problems);
        PartRules.Secrets(pod, context.Options, problems);
        PartRules.Env(pod.Env, pod, "/environment", context.Options, problems);
        RoleRules.Check(pod, context, "/scheduling/placement/acceptedResourceRoles", problems);
        PartRules.Unreachable(pod.Unreachable, "/scheduling/unreachableStrategy", problems);
        Replacement(pod, problems);
        foreach (var name in NetworkRules.Duplicates(pod.Containers.Select(container => container.Name)))
        {
            problems.Add("/containers", $"the name '{name}' is used more than once");
        }

        Endpoints(pod, problems);
        Volumes(pod, context.Options, problems);
        for (var index = 0; index < pod.Containers.Count; index++)
        {
            PodContainerRules.Check(pod, pod.Containers[index], context.Options, $"/containers({index})", problems);
        }

        if (context.Tree.Pod(pod.Id) is { IsResident: true } present)
        {
            Resident(present, pod, context.Force, problems);
        }
    }

    private static void Replacement(PodSpec pod, Problems problems)
    {
        problems.Require(!pod.IsResident || pod.Upgrade.MaximumOverCapacity == 0, "/scheduling/upgrade", $"maximumOverCapacity must be 0 with persistent volumes, not {pod.Upgrade.MaximumOverCapacity}");
        problems.Require(!pod.IsResident || pod.Unreachable is null, "/", "unreachableStrategy must be \"disabled\" with persistent volumes");
        ExtensionRules.CheckStrategy(pod, !pod.IsResident, "/scheduling/deployment", problems);
        problems.Require(pod.LegacySharedCgroups is not true || pod.Containers.All(container => container.ResourceLimits is null), "/legacySharedCgroups", "must not be true where a container has resourceLimits");
    }

    private static void Endpoints(PodSpec pod, Problems problems)
    {
        var endpoints = pod.Containers.SelectMany(container => container.Endpoints).ToArray();
        foreach (var name in NetworkRules.Duplicates(endpoints.Select(endpoint => endpoint.Name)))
        {
            problems.Add("/containers", $"the endpoint name '{name}' is used more than once");
        }

        foreach (var port in NetworkRules.Duplicates(endpoints.Select(endpoint => endpoint.HostPort is > 0 and var port ? $"{port}" : null)))
        {
            problems.Add("/containers", $"the host port {port} is used more than once");
        }

        foreach (var port in NetworkRules.Duplicates(endpoints.Select(endpoint => endpoint.ContainerPort is { } port ? $"{port}" : null)))
        {
            problems.Add("/containers", $"the container port {port} is used more than once");
        }
    }

    private static void Volumes(PodSpec pod, ServicesOptions options, Problems problems)
    {
        foreach (var name in NetworkRules.Duplicates(pod.Volumes.Select(volume => volume.Name)))
        {
            problems.Add("/volumes", $"the name '{name}' is used more than once");
        }

        var mounted = pod.Containers.SelectMany(container => container.VolumeMounts).Select(mount => mount.Name).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < pod.Volumes.Count; index++)
        {
            var volume = pod.Volumes[index];
            var path = $"/volumes({index})";
            var kinds = (volume.Host is null ? 0 : 1) + (volume.Persistent is null ? 0 : 1) + (volume.Secret is null ? 0 : 1);
            problems.Require(kinds <= 1, path, $"'{volume.Name}' is more than one of host, persistent and secret");
            problems.Require(mounted.Contains(volume.Name), path, $"'{volume.Name}' is mounted by no container");
            if (volume.Persistent is { } persistent)
            {
                VolumeRules.Persistent(persistent, $"{path}/persistent", problems);
            }

            if (volume.Secret is { } secret)
            {
                problems.Require(options.Features.Contains(PartRules.SecretsFeature), path, "the feature secrets is not enabled");
                problems.Require(pod.Secrets.ContainsKey(secret), $"{path}/secret", PartRules.Undefined(secret));
            }
        }
    }

    private static void Resident(PodSpec before, PodSpec after, bool force, Problems problems)
    {
        problems.Require(SpecComparison.SameVolumes(before, after), "/", "persistent volumes must not change; remove the pod to drop them");
        var sameResources = before.Containers.Select(Reserved).SequenceEqual(after.Containers.Select(Reserved)) && before.ExecutorResources == after.ExecutorResources;
        problems.Require(sameResources, "/", "resources must not change with persistent volumes: they are reserved");
        ResidentRules.Role(before, after, force, problems);
    }

    private static (double Cpus, double Mem, double Disk, int Gpus) Reserved(PodContainer container) => (container.Cpus, container.Mem, container.Disk, container.Gpus);
}
