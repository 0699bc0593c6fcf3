using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Apps;

/// <summary>Makes the container of an app of its canonical JSON.</summary>
internal static class ContainerReader
{
    public static AppContainer Read(JsonObject container) => new()
    {
        IsDocker = (container.Text("type") ?? "DOCKER") == "DOCKER",
        Docker = container.Object("docker") is { } docker ? Image(docker) : null,
        Volumes = container.Each("volumes", Volume),
        PortMappings = container.List("portMappings") is null ? null : container.Each("portMappings", PortMapping),
        LinuxInfo = PartReader.Linux(container.Object("linuxInfo")),
    };

    private static DockerImage Image(JsonObject docker) => new(
        docker.Text("image") ?? "",
        docker.Flag("forcePullImage") ?? false,
        docker.Flag("privileged") ?? false,
        docker.Each("parameters", option => KeyValuePair.Create(option.Text("key")!, option.Text("value")!)),
        docker.Object("pullConfig")?.Text("secret"));

    private static PortMapping PortMapping(JsonObject mapping) => new(
        mapping.Integer("containerPort") ?? 0,
        mapping.Integer("hostPort"),
        mapping.Integer("servicePort") ?? 0,
        mapping.Text("protocol") ?? "tcp",
        mapping.Text("name"),
        mapping.Strings("labels"),
        mapping.Texts("networkNames") ?? []);

    private static AppVolume Volume(JsonObject volume) => new()
    {
        ContainerPath = volume.Text("containerPath")!,
        ReadOnly = volume.Text("mode") == "RO",
        HasMode = volume.ContainsKey("mode"),
        HostPath = volume.Text("hostPath"),
        Persistent = volume.Object("persistent") is { } persistent ? PartReader.Persistent(persistent) : null,
        External = volume.Object("external") is { } external ? External(external) : null,
        Secret = volume.Text("secret"),
    };

    private static ExternalVolume External(JsonObject external) => new(
        external.Text("provider") ?? "",
        external.Text("name"),
        external.Number("size"),
        external.Flag("shared") ?? false,
        external.Object("options")?.ToJsonString() ?? "{}");
}
