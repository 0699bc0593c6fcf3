namespace Tepui.Web.Pages.Edit;

/// <summary>What the form asks for, and where each answer lies in the JSON of an app.</summary>
public static class FormLayout
{
    private static readonly (string, string)[] Protocols = [("tcp", "TCP"), ("udp", "UDP"), ("udp,tcp", "UDP and TCP")];

    private static readonly IReadOnlyList<Field> Pair = [new("key", "Name", FieldKind.Text, "key"), new("value", "Value", FieldKind.Text, "value")];

    /// <summary>Ports of apps on the host's network.</summary>
    public static FieldList HostPorts { get; } = new("ports", "port", "portDefinitions",
    [
        new("port", "Port", FieldKind.Whole, "port") { Help = "0: any free one" },
        new("protocol", "Protocol", FieldKind.Choice, "protocol") { Choices = Protocols },
        new("name", "Name", FieldKind.Text, "name"),
    ]);

    /// <summary>Ports of apps with a network of their own.</summary>
    public static FieldList MappedPorts { get; } = new("mappings", "port mapping", "container.portMappings",
    [
        new("containerPort", "Container port", FieldKind.Whole, "containerPort"),
        new("hostPort", "Host port", FieldKind.Whole, "hostPort") { Help = "0: any free one" },
        new("servicePort", "Service port", FieldKind.Whole, "servicePort"),
        new("protocol", "Protocol", FieldKind.Choice, "protocol") { Choices = Protocols },
        new("name", "Name", FieldKind.Text, "name"),
    ]);

    /// <summary>The sections in order.</summary>
    public static IReadOnlyList<Section> Sections { get; } =
    [
        new("General",
        [
            new("id", "Id", FieldKind.Text, "id") { Help = "with its groups, as in /prod/web" },
            new("instances", "Instances", FieldKind.Whole, "instances"),
            new("cpus", "CPUs", FieldKind.Number, "cpus"),
            new("mem", "Memory (MiB)", FieldKind.Number, "mem"),
            new("disk", "Disk (MiB)", FieldKind.Number, "disk"),
            new("gpus", "GPUs", FieldKind.Whole, "gpus"),
            new("cmd", "Command", FieldKind.LongText, "cmd") { Help = "run by a shell; may be empty when the image has one" },
        ], []) { IsOpen = true },
        new("Container",
        [
            new("containerType", "Runtime", FieldKind.Choice, "container.type") { Choices = [("", "None"), ("MESOS", "Universal"), ("DOCKER", "Docker")] },
            new("image", "Image", FieldKind.Text, "container.docker.image"),
            new("forcePull", "Pull the image at each start", FieldKind.Flag, "container.docker.forcePullImage"),
            new("privileged", "Privileged (Docker)", FieldKind.Flag, "container.docker.privileged"),
            new("network", "Network", FieldKind.Choice, FormPaths.NetworkMode) { Choices = [("", "Host"), ("container/bridge", "Bridge"), ("container", "Virtual network")] },
            new("networkName", "Network name", FieldKind.Text, FormPaths.NetworkName) { Help = "for virtual networks" },
        ], []),
        new("Ports", [new("requirePorts", "Take only offers that have these host ports", FieldKind.Flag, "requirePorts")], [HostPorts, MappedPorts])
        {
            Help = "Ports count on the host network, port mappings on the others.",
        },
        new("Environment", [], [new("env", "variable", "env", Pair) { IsMap = true }]),
        new("Labels", [], [new("labels", "label", "labels", Pair) { IsMap = true }]),
        new("Health Checks", [], [new("health", "health check", "healthChecks",
        [
            new("protocol", "Protocol", FieldKind.Choice, "protocol") { Choices = [.. new[] { "MESOS_HTTP", "MESOS_HTTPS", "MESOS_TCP", "COMMAND", "HTTP", "HTTPS", "TCP" }.Select(name => (name, name))] },
            new("path", "Path", FieldKind.Text, "path"),
            new("command", "Command", FieldKind.Text, "command.value"),
            new("portIndex", "Port index", FieldKind.Whole, "portIndex"),
            new("port", "Port", FieldKind.Whole, "port"),
            new("grace", "Grace (s)", FieldKind.Whole, "gracePeriodSeconds"),
            new("interval", "Interval (s)", FieldKind.Whole, "intervalSeconds"),
            new("timeout", "Timeout (s)", FieldKind.Whole, "timeoutSeconds"),
            new("failures", "Failures to kill", FieldKind.Whole, "maxConsecutiveFailures") { Help = "0: never" },
        ])]) { Help = "The MESOS_ and COMMAND kinds are run by the agents." },
        new("Volumes", [], [new("volumes", "volume", "container.volumes",
        [
            new("containerPath", "Container path", FieldKind.Text, "containerPath"),
            new("hostPath", "Host path", FieldKind.Text, "hostPath"),
            new("size", "Persistent size (MiB)", FieldKind.Whole, "persistent.size"),
            new("mode", "Mode", FieldKind.Choice, "mode") { Choices = [("RW", "Read and write"), ("RO", "Read only")] },
        ])]),
        new("Autoscaling",
        [
            new("scaleMetric", "By", FieldKind.Choice, "autoscaling.metric") { Choices = [("", "Nothing: off"), ("cpu", "CPU use"), ("mem", "Memory use"), ("http", "A figure fetched over HTTP")] },
            new("scaleTarget", "Target", FieldKind.Number, "autoscaling.target") { Help = "percent of the request; for HTTP the figure of one instance" },
            new("scaleMin", "Least instances", FieldKind.Whole, "autoscaling.minInstances"),
            new("scaleMax", "Most instances", FieldKind.Whole, "autoscaling.maxInstances"),
            new("scaleUrl", "Address of the figure", FieldKind.Text, "autoscaling.url") { Help = "for HTTP" },
            new("scalePath", "Path in its JSON", FieldKind.Text, "autoscaling.path") { Help = "for HTTP; empty: a plain number" },
            new("scaleInterval", "Interval (s)", FieldKind.Whole, "autoscaling.intervalSeconds"),
            new("scaleUp", "Pause after growing (s)", FieldKind.Whole, "autoscaling.scaleUpCooldownSeconds"),
            new("scaleDown", "Pause after shrinking (s)", FieldKind.Whole, "autoscaling.scaleDownCooldownSeconds"),
        ], []),
        new("Optional",
        [
            new("constraints", "Constraints", FieldKind.Constraints, "constraints") { Help = "one on each line, as in: hostname UNIQUE" },
            new("fetch", "Files to fetch", FieldKind.Lines, FormPaths.FetchUris) { Help = "one address on each line" },
            new("dependencies", "Dependencies", FieldKind.Lines, "dependencies") { Help = "ids of apps or groups, one on each line" },
            new("roles", "Accepted resource roles", FieldKind.Lines, "acceptedResourceRoles"),
            new("user", "User", FieldKind.Text, "user"),
            new("role", "Role", FieldKind.Text, "role"),
            new("executor", "Executor", FieldKind.Text, "executor"),
            new("killSelection", "Kill first", FieldKind.Choice, "killSelection") { Choices = [("", "Default"), ("YOUNGEST_FIRST", "The youngest"), ("OLDEST_FIRST", "The oldest")] },
            new("killGrace", "Kill grace (s)", FieldKind.Whole, "taskKillGracePeriodSeconds"),
            new("backoff", "Back-off (s)", FieldKind.Number, "backoffSeconds"),
            new("backoffFactor", "Back-off factor", FieldKind.Number, "backoffFactor"),
            new("maxDelay", "Longest back-off (s)", FieldKind.Whole, "maxLaunchDelaySeconds"),
            new("minHealth", "Least healthy while deploying (0 to 1)", FieldKind.Number, "upgradeStrategy.minimumHealthCapacity"),
            new("overCapacity", "Most above while deploying (0 to 1)", FieldKind.Number, "upgradeStrategy.maximumOverCapacity"),
            new("strategy", "Deployment strategy", FieldKind.Choice, "deployment.strategy") { Choices = [("", "Default"), ("rolling", "Rolling"), ("canary", "Canary"), ("blueGreen", "Blue-green")] },
            new("deadline", "Progress deadline (s)", FieldKind.Whole, "deployment.progressDeadlineSeconds") { Help = "0: none" },
            new("minimumRunSeconds", "Seconds a new instance runs before it counts", FieldKind.Whole, "deployment.minimumRunSeconds"),
            new("failureThreshold", "Failures until it gives up", FieldKind.Whole, "deployment.failureThreshold") { Help = "0: never" },
        ], []),
    ];

    /// <summary>All fields outside of lists.</summary>
    public static IEnumerable<Field> Fields => Sections.SelectMany(section => section.Fields);

    /// <summary>All lists.</summary>
    public static IEnumerable<FieldList> Lists => Sections.SelectMany(section => section.Lists);
}
