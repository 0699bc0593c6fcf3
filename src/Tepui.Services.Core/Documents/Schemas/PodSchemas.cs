using static Tepui.Services.Core.Documents.Schemas.Shape;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>Pods as clients send them.</summary>
public static class PodSchemas
{
    private static DocumentSchema Environment { get; } = Map("Environment.", CommonSchemas.EnvValue, Patterns.Variable);

    private static DocumentSchema Endpoint { get; } = Object("Endpoint", "A port others reach the container at.",
        Must("name", Text("Unique in the pod.", min: 1, max: 63, pattern: Patterns.DnsLabel)),
        May("containerPort", Integer("Inside.", 1, 65535)),
        May("hostPort", Port("On the agent; 0: any.")),
        May("protocol", List("Protocols, as others are told them.", Text("Protocol.", min: 1, max: 63, pattern: Patterns.DnsLabel), min: 1)),
        May("labels", CommonSchemas.Strings),
        May("networkNames", List("The networks it is mapped on.", Text("Name.", min: 1, max: 63, pattern: Patterns.NetworkName))));

    private static DocumentSchema Image { get; } = Object("Image", "An image.",
        Must("kind", Word("Kind.", null, "DOCKER")),
        Must("id", Text("Name and tag.", min: 1)),
        May("pullConfig", Object("PullConfig", "Credentials of the registry.", Must("secret", Text("Name of an entry of secrets.", min: 1)))),
        May("forcePull", Flag("Pull even if the agent has it.")),
        May("labels", CommonSchemas.Strings));

    private static DocumentSchema HealthCheck { get; } = Object("PodHealthCheck", "Tells whether a container is well: exactly one of http, tcp and exec.",
    [
        May("http", Object("PodHttpHealthCheck", "Asks over HTTP.",
            Must("endpoint", Text("Name of an endpoint.", min: 1)),
            May("path", Text("Path.")),
            May("scheme", Word("Scheme.", null, "HTTP", "HTTPS")))),
        May("tcp", Object("PodTcpHealthCheck", "Connects.", Must("endpoint", Text("Name of an endpoint.", min: 1)))),
        May("exec", Object("CommandExecution", "Runs a command.", Must("command", CommonSchemas.Command))),
        .. CommonSchemas.HealthTiming,
    ]);

    private static DocumentSchema Check { get; } = Object("PodCheck", "A check that is only reported: exactly one of http, tcp and exec.",
    [
        May("http", Object("PodHttpCheck", "Asks over HTTP.",
            Must("endpoint", Text("Name of an endpoint.", min: 1)),
            May("path", Text("Path.")),
            May("scheme", Word("Scheme.", null, "HTTP", "HTTPS")))),
        May("tcp", Object("PodTcpCheck", "Connects.", Must("endpoint", Text("Name of an endpoint.", min: 1)))),
        May("exec", Object("CommandExecution", "Runs a command.", Must("command", CommonSchemas.Command))),
        .. CommonSchemas.CheckTiming,
    ]);

    private static DocumentSchema Container { get; } = Object("PodContainer", "One container of a pod.",
        Must("name", Text("Unique in its pod.", min: 1, max: 63, pattern: Patterns.DnsLabel)),
        May("exec", Object("PodExec", "What it runs.",
            Must("command", CommonSchemas.Command),
            May("overrideEntrypoint", Flag("Instead of the image's entry point.")))),
        Must("resources", Object("Resources", "What it needs.",
            May("cpus", Number("Cores.", 0.001, standard: "1")),
            May("mem", Number("MiB.", 0.001, standard: "128")),
            May("disk", Number("MiB.", 0, standard: "0")),
            May("gpus", Integer("Whole GPUs.", 0, standard: "0")))),
        May("resourceLimits", CommonSchemas.ResourceLimits),
        May("endpoints", List("Ports.", Endpoint)),
        May("image", Image),
        May("environment", Environment),
        May("user", Text("Unix user.", min: 1)),
        May("healthCheck", HealthCheck),
        May("check", Check),
        May("volumeMounts", List("Volumes it sees.", Object("VolumeMount", "Where it sees a volume.",
            Must("name", Text("Name of a volume of the pod.", min: 1)),
            Must("mountPath", Text("Path inside.", min: 1)),
            May("readOnly", Flag("May not be written."))))),
        May("artifacts", List("Files to fetch into the sandbox.", CommonSchemas.Artifact)),
        May("labels", CommonSchemas.Strings),
        May("lifecycle", Object("Lifecycle", "How it ends.", May("killGracePeriodSeconds", Number("Between asking it to end and forcing it.", 0)))),
        May("tty", Flag("A terminal.")),
        May("linuxInfo", CommonSchemas.LinuxInfo));

    private static DocumentSchema Volume { get; } = Object("PodVolume", "A volume of a pod: ephemeral, of the agent, persistent or a secret.",
        Must("name", Text("Unique in its pod.", min: 1, max: 63, pattern: Patterns.DnsLabel)),
        May("host", Text("Path on the agent.", min: 1)),
        May("persistent", CommonSchemas.PersistentVolume),
        May("secret", Text("Name of an entry of secrets.", min: 1)));

    private static DocumentSchema Scheduling { get; } = Object("PodScheduling", "Where instances may run and how they are replaced.",
        May("backoff", Object("PodBackoff", "Waits after failures.",
            May("backoff", Number("Seconds, the first.", 0, standard: "1")),
            May("backoffFactor", Number("Each wait is so many times the one before.", 1, standard: "1.15")),
            May("maxLaunchDelay", Number("Seconds, the longest.", 0, standard: "300")))),
        May("upgrade", Object("PodUpgrade", "Bounds of a rolling replacement, as fractions of the instance count.",
            May("minimumHealthCapacity", Number("So much stays healthy.", 0, 1, "1")),
            May("maximumOverCapacity", Number("So much may run in addition.", 0, 1, "1")))),
        May("placement", Object("PodPlacement", "Where instances may run.",
            May("constraints", List("Rules.", Object("PodConstraint", "A rule.",
                Must("fieldName", Text("hostname, @hostname, @region, @zone or the name of an attribute.")),
                Must("operator", Word("Which rule.", null, "UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE", "MAX_PER", "IS")),
                May("value", Text("As the rule needs it."))))),
            May("acceptedResourceRoles", List("Which roles' resources may be used.", Text("Role."))))),
        May("killSelection", CommonSchemas.KillSelection),
        May("unreachableStrategy", CommonSchemas.UnreachableStrategy),
        May("deployment", ExtensionSchemas.Deployment));

    /// <summary>A pod.</summary>
    public static DocumentSchema Pod { get; } = Object("Pod", "Containers that start and end together on one agent.",
        Must("id", CommonSchemas.Id),
        Told("version", Time("Time of the last change.")),
        May("user", Text("Unix user.", min: 1)),
        May("labels", CommonSchemas.Strings),
        May("environment", Environment),
        May("secrets", CommonSchemas.Secrets),
        Must("containers", List("At least one.", Container, min: 1)),
        May("volumes", List("Volumes that containers mount.", Volume)),
        May("networks", List("Networks to join.", CommonSchemas.Network)),
        May("scaling", Object("FixedPodScaling", "How many shall run.",
            Must("kind", Word("Kind.", null, "fixed")),
            May("instances", Integer("How many.", 0, standard: "1")))),
        May("scheduling", Scheduling),
        May("executorResources", CommonSchemas.ExecutorResources),
        May("role", Text("Role whose resources it uses.", min: 1)),
        May("linuxInfo", Object("PodLinuxInfo", "Facilities of the Linux kernel.", May("ipcInfo", CommonSchemas.Ipc), May("seccomp", Any("Only containers have it.")))),
        May("legacySharedCgroups", Flag("One cgroup for all containers.")));

    /// <summary>A pod whose id is in the address.</summary>
    public static DocumentSchema Update { get; } = Pod with { Fields = [.. Pod.Fields.Select(field => field.Name == "id" ? field with { IsRequired = false } : field)] };
}
