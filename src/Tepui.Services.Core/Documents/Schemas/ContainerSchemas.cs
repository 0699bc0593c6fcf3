using static Tepui.Services.Core.Documents.Schemas.Shape;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>The container of an app: image, ports, volumes.</summary>
internal static class ContainerSchemas
{
    private static SchemaField Mode { get; } = Must("mode", Word("RO: read only; RW: may be written.", null, "RO", "RW"));

    private static SchemaField Path { get; } = Must("containerPath", Text("Where the task sees it.", min: 1));

    public static DocumentSchema PortMapping { get; } = Object("PortMapping", "A port inside a container and on the agent.",
        May("containerPort", Port("Inside; 0: the same as on the agent.", "0")),
        May("hostPort", Port("On the agent; 0: any.")),
        May("servicePort", Port("0: assigned.", "0")),
        May("protocol", CommonSchemas.Protocols),
        May("name", Text("Unique in its app.", min: 1, pattern: Patterns.DnsLabel)),
        May("labels", CommonSchemas.Strings),
        May("networkNames", List("The networks it is mapped on.", Text("Name.", min: 1, max: 63, pattern: Patterns.NetworkName))));

    public static DocumentSchema Docker { get; } = Object("DockerContainer", "An image and how to run it.",
        Must("image", Text("Name and tag.", min: 1)),
        May("forcePullImage", Flag("Pull even if the agent has it.", "false")),
        May("privileged", Flag("With the rights of the host; engine DOCKER only.", "false")),
        May("parameters", List("Further options of the engine; DOCKER only.", Object("DockerParameter", "An option.", Must("key", Text("Name.", min: 1)), Must("value", Text("Value."))))),
        May("pullConfig", Object("PullConfig", "Credentials of the registry.", Must("secret", Text("Name of an entry of secrets.", min: 1)))),
        May("credential", Any("Not supported any more.")),
        Old("network", Word("Now networks.", null, "BRIDGE", "HOST", "NONE", "USER")),
        Old("portMappings", List("Now beside docker.", PortMapping)));

    public static DocumentSchema Volume { get; } = OneOf("A volume: of the agent, persistent, external or a secret.",
        Object("ExternalVolume", "Held by a storage system.", Path, Mode, Must("external", Object(null, "Which.",
            May("provider", Text("dvdi or csi.")),
            May("name", Text("Its name there.")),
            May("size", Integer("GiB.", 0)),
            May("shared", Flag("Several apps may use it.", "false")),
            May("options", Map("As the provider wants them.", Any("Value.")))))) with { Marker = "external" },
        Object("AppPersistentVolume", "Kept on an agent for its instance.", Path, Mode, Must("persistent", CommonSchemas.PersistentVolume)) with { Marker = "persistent" },
        Object("SecretVolume", "A secret written to a file.", Path, Must("secret", Text("Name of an entry of secrets.", min: 1))) with { Marker = "secret" },
        Object("HostVolume", "A directory of the agent.", Path, Must("hostPath", Text("Path on the agent.", min: 1)), Mode));

    public static DocumentSchema Container { get; } = Object("Container", "Image, volumes and ports.",
        May("type", Word("DOCKER: the engine; MESOS: the agent's own containers.", "DOCKER", "DOCKER", "MESOS")),
        May("docker", Docker),
        May("appc", Any("Not supported any more.")),
        May("volumes", List("Volumes.", Volume)),
        May("portMappings", List("Ports, on networks other than the host's.", PortMapping)),
        May("linuxInfo", CommonSchemas.LinuxInfo));
}
