using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>Rules between the fields of an app in canonical form. All breaches are reported together.</summary>
internal static class AppRules
{
    private const string SingleInstance = "MARATHON_SINGLE_INSTANCE_APP";
    private const string MigrationVersion = "DCOS_MIGRATION_API_VERSION";
    private const string MigrationPath = "DCOS_MIGRATION_API_PATH";
    private const string FrameworkName = "DCOS_PACKAGE_FRAMEWORK_NAME";

    public static void Check(AppSpec app, DocumentContext context, Problems problems)
    {
        IdRules.Check(app.Id, TaskIds.AppContainer, "/id", problems);
        problems.Require(context.Tree.Pod(app.Id) is null, "/id", $"{app.Id} is the id of a pod; ids must be unique");
        Program(app, problems);
        Resources(app, context.Options, problems);
        NetworkRules.Check(app.Networks, problems);
        Container(app, context.Options, problems);
        PortNames(app, problems);
        AppCheckRules.Check(app, problems);
        PartRules.Secrets(app, context.Options, problems);
        PartRules.Env(app.Env, app, "/env", context.Options, problems);
        PartRules.Artifacts(app.Fetch, "/fetch", problems);
        VolumeRules.Check(app, context.Options, problems);
        RoleRules.Check(app, context, "/acceptedResourceRoles", problems);
        PartRules.Unreachable(app.Unreachable, "/unreachableStrategy", problems);
        Replacement(app, problems);
        CheckCount(app, problems);
        Labels(app, context, problems);
        ExtensionRules.Check(app, problems);
        if (context.Tree.App(app.Id) is { IsResident: true } present)
        {
            ResidentRules.Check(present, app, context.Force, problems);
        }
    }

    /// <summary>Rules on the instance count alone.</summary>
    public static void CheckCount(AppSpec app, Problems problems)
    {
        CountRules.Check(app.Instances, "/instances", problems);
        if (app.Container is not null)
        {
            ExternalVolumeRules.CheckTogether(app, problems);
        }

        problems.Require(!IsSingleInstance(app) || app.Instances <= 1, "/", $"instances must not be more than 1 with the label {SingleInstance}, not {app.Instances}");
    }

    /// <summary>Whether an app may only ever have one instance, by its label.</summary>
    public static bool IsSingleInstance(AppSpec app) => app.Labels.TryGetValue(SingleInstance, out var value) && value == "true";

    private static void Program(AppSpec app, Problems problems)
    {
        problems.Require(app.Cmd is null || app.Args is null, "/", "cmd and args are both given; an app has one of them");
        problems.Require(app.Cmd is not { Length: 1 }, "/", $"cmd '{app.Cmd}' has one character; a command has more");
        problems.Require(app.Cmd is not null || app.Args is not null || app.Container?.Docker is not null, "/", "there is nothing to run: give cmd, args or a container with an image");
    }

    private static void Resources(AppSpec app, ServicesOptions options, Problems problems)
    {
        if (app.Gpus > 0)
        {
            problems.Require(options.Features.Contains("gpu_resources"), "/", "gpus are given, but the feature gpu_resources is not enabled");
            problems.Require(app.Container?.IsDocker is not true, "/", "gpus are not possible with the engine DOCKER");
        }

        PartRules.Limits(app.ResourceLimits, app.Cpus, app.Mem, "/resourceLimits", problems);
    }

    private static void Container(AppSpec app, ServicesOptions options, Problems problems)
    {
        if (app.Container is not { } container)
        {
            return;
        }

        problems.Require(!container.IsDocker || container.Docker is not null, "/container/docker", "is required with the type DOCKER");
        problems.Require(!container.IsDocker || app.Networks.Count <= 1, "/networks", "the engine DOCKER joins one network only");
        problems.Require(!container.IsDocker || container.LinuxInfo is null, "/container/linuxInfo", "is not possible with the engine DOCKER");
        if (container.Docker is { } image)
        {
            problems.Require(container.IsDocker || image.Parameters.Count == 0, "/container/docker/parameters", "must be empty with the engine MESOS");
            PullSecret(app, image, container.IsDocker, options, problems);
        }

        for (var index = 0; index < container.PortMappings?.Count; index++)
        {
            var mapping = container.PortMappings[index];
            NetworkRules.CheckMapped(mapping.NetworkNames, mapping.HostPort is not null, app.Networks, $"/container/portMappings({index})", problems);
        }
    }

    private static void PullSecret(AppSpec app, DockerImage image, bool isDocker, ServicesOptions options, Problems problems)
    {
        const string path = "/container/docker/pullConfig";
        if (image.PullSecret is { } secret)
        {
            problems.Require(!isDocker, path, "is not possible with the engine DOCKER");
            problems.Require(options.Features.Contains(PartRules.SecretsFeature), path, "the feature secrets is not enabled");
            problems.Require(app.Secrets.ContainsKey(secret), $"{path}/secret", PartRules.Undefined(secret));
        }
    }

    private static void PortNames(AppSpec app, Problems problems)
    {
        foreach (var name in NetworkRules.Duplicates(app.PortDefinitions.Select(port => port.Name)))
        {
            problems.Add("/portDefinitions", $"the name '{name}' is used more than once");
        }

        foreach (var port in NetworkRules.Duplicates(app.PortDefinitions.Select(definition => definition.Port == 0 ? null : $"{definition.Port}")))
        {
            problems.Add("/portDefinitions", $"the port {port} is used more than once");
        }

        foreach (var name in NetworkRules.Duplicates(app.Container?.PortMappings?.Select(port => port.Name) ?? []))
        {
            problems.Add("/container/portMappings", $"the name '{name}' is used more than once");
        }
    }

    private static void Replacement(AppSpec app, Problems problems)
    {
        var isExternal = app.Container?.Volumes.Any(volume => volume.External is not null) ?? false;
        problems.Require(!(app.IsResident || isExternal) || app.Upgrade.MaximumOverCapacity == 0, "/upgradeStrategy", $"maximumOverCapacity must be 0 with persistent or external volumes, not {app.Upgrade.MaximumOverCapacity}");
        problems.Require(!app.IsResident || app.Unreachable is null, "/", "unreachableStrategy must be \"disabled\" with persistent volumes");
    }

    private static void Labels(AppSpec app, DocumentContext context, Problems problems)
    {
        if (IsSingleInstance(app))
        {
            const string needed = $"must be 0 with the label {SingleInstance}";
            problems.Require(app.Upgrade.MinimumHealthCapacity == 0, "/upgradeStrategy/minimumHealthCapacity", needed);
            problems.Require(app.Upgrade.MaximumOverCapacity == 0, "/upgradeStrategy/maximumOverCapacity", needed);
        }

        if (!app.Labels.TryGetValue(MigrationVersion, out var version))
        {
            return;
        }

        problems.Require(version == "v1", "/", $"the label {MigrationVersion} must be v1, not '{version}'");
        problems.Require(app.Labels.ContainsKey(MigrationPath), "/", $"the label {MigrationVersion} needs the label {MigrationPath}");
        if (!app.Labels.TryGetValue(FrameworkName, out var name))
        {
            problems.Add("/", $"the label {MigrationVersion} needs the label {FrameworkName}");
            return;
        }

        var other = context.Tree.Specs.Values.OfType<AppSpec>().FirstOrDefault(each => each.Id != app.Id && each.Labels.ContainsKey(MigrationVersion) && each.Labels.GetValueOrDefault(FrameworkName) == name);
        problems.Require(other is null, "/", $"the label {FrameworkName} '{name}' is used by {other?.Id} already");
    }
}
