using static Tepui.Services.Core.Documents.Schemas.Shape;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>Apps as clients send them, old forms included.</summary>
public static class AppSchemas
{
    private static DocumentSchema PortDefinition { get; } = Object("PortDefinition", "A port on the agent.",
        May("port", Port("Service port; 0: assigned.", "0")),
        May("name", Text("Unique in its app.", min: 1)),
        May("protocol", CommonSchemas.Protocols),
        May("labels", CommonSchemas.Strings));

    private static DocumentSchema HealthCheck { get; } = Object("AppHealthCheck", "Tells whether an instance is well.",
    [
        May("protocol", Word("How. MESOS_* and COMMAND are run on the agent.", "HTTP", "HTTP", "HTTPS", "TCP", "COMMAND", "MESOS_HTTP", "MESOS_HTTPS", "MESOS_TCP")),
        May("path", Text("Path of HTTP kinds.")),
        May("portIndex", Integer("Which of the app's ports.", 0)),
        May("port", Port("A fixed port; wins over the index.")),
        May("command", Object("CommandCheck", "What COMMAND runs.", Must("value", Text("Shell text.", min: 1)))),
        May("ignoreHttp1xx", Flag("Answers below 200 are no result.", "false")),
        May("ipProtocol", Word("Address family.", "IPv4", "IPv4", "IPv6")),
        .. CommonSchemas.HealthTiming,
    ]);

    private static DocumentSchema ReadinessCheck { get; } = Object("ReadinessCheck", "Tells during a deployment whether a new instance can take load.",
        May("name", Text("Name.", min: 1, standard: "readinessCheck")),
        May("protocol", Word("How.", "HTTP", "HTTP", "HTTPS")),
        May("path", Text("Path.", min: 1, standard: "/")),
        May("portName", Text("Which port.", min: 1, standard: "http-api")),
        May("intervalSeconds", Integer("Between checks.", 0, standard: "30")),
        May("timeoutSeconds", Integer("Of one check; below the interval.", 1, standard: "10")),
        May("httpStatusCodesForReady", List("Answers that mean ready.", Integer("Status.", 100, 999))),
        May("preserveLastResponse", Flag("Tell the last answer.", "false")));

    private static DocumentSchema Check { get; } = Object("AppCheck", "A check that is only reported: exactly one of http, tcp and exec.",
    [
        May("http", Object("AppHttpCheck", "Asks over HTTP.",
            May("portIndex", Integer("Which of the app's ports.", 0)),
            May("port", Port("A fixed port.")),
            May("path", Text("Path.")),
            May("scheme", Word("Scheme.", "HTTP", "HTTP", "HTTPS")))),
        May("tcp", Object("AppTcpCheck", "Connects.", May("portIndex", Integer("Which of the app's ports.", 0)), May("port", Port("A fixed port.")))),
        May("exec", Object("CommandExecution", "Runs a command.", Must("command", CommonSchemas.Command))),
        .. CommonSchemas.CheckTiming,
    ]);

    private static DocumentSchema IpAddress { get; } = Object("IpAddress", "Now networks.",
        May("networkName", Text("Name.", min: 1)),
        May("labels", CommonSchemas.Strings),
        May("groups", List("Without effect.", Text("Name."))),
        May("discovery", Object("IpDiscovery", "Now portMappings.", May("ports", List("Ports.", Object("IpDiscoveryPort", "A port.",
            May("number", Port("Number.", "0")),
            Must("name", Text("Name.", min: 1, pattern: Patterns.DnsLabel)),
            May("protocol", Word("Protocol.", "tcp", "tcp", "udp"))))))));

    /// <summary>A new app, or a full replacement without an id in the address.</summary>
    public static DocumentSchema App { get; } = Object("NewApp", "A service: so many instances of one program.",
        Must("id", CommonSchemas.Id),
        May("cmd", Text("Shell command.", min: 1)),
        May("args", List("Program and arguments.", Text("Argument."))),
        May("user", Text("Unix user.")),
        May("env", Map("Environment.", CommonSchemas.EnvValue)),
        May("instances", Integer("How many shall run.", 0, standard: "1")),
        May("cpus", Number("Cores.", 0.001, standard: "1")),
        May("mem", Number("MiB.", 0, standard: "128")),
        May("disk", Number("MiB.", 0, standard: "0")),
        May("gpus", Integer("Whole GPUs.", 0, standard: "0")),
        May("resourceLimits", CommonSchemas.ResourceLimits),
        May("executor", Text("Empty, //cmd, or the path of an executor.", pattern: Patterns.Executor, standard: "")),
        May("executorResources", CommonSchemas.ExecutorResources),
        May("constraints", List("Where instances may run.", List("Field, operator, value.", Text("Part.")))),
        May("acceptedResourceRoles", List("Which roles' resources may be used.", Text("Role."))),
        May("role", Text("Role whose resources it uses.", min: 1)),
        May("fetch", List("Files to fetch into the sandbox.", CommonSchemas.Artifact)),
        May("container", ContainerSchemas.Container),
        May("networks", List("Networks to join.", CommonSchemas.Network)),
        May("portDefinitions", List("Ports on the agent.", PortDefinition)),
        May("requirePorts", Flag("The ports of the definitions are the ports on the agent.", "false")),
        May("healthChecks", List("Health checks.", HealthCheck)),
        May("readinessChecks", List("At most one.", ReadinessCheck)),
        May("check", Check),
        May("dependencies", List("Apps and groups it waits for.", Text("Path."))),
        May("labels", CommonSchemas.Strings),
        May("secrets", CommonSchemas.Secrets),
        May("backoffSeconds", Integer("First wait after a failure.", 0, standard: "1")),
        May("backoffFactor", Number("Each wait is so many times the one before.", 1, standard: "1.15")),
        May("maxLaunchDelaySeconds", Integer("Longest wait.", 0, standard: "300")),
        May("upgradeStrategy", CommonSchemas.UpgradeStrategy),
        May("residency", Object("Residency", "Told back; without effect.",
            May("relaunchEscalationTimeoutSeconds", Integer("Seconds.", 0, standard: "3600")),
            May("taskLostBehavior", Word("Behaviour.", "WAIT_FOREVER", "WAIT_FOREVER", "RELAUNCH_AFTER_TIMEOUT")))),
        May("unreachableStrategy", CommonSchemas.UnreachableStrategy),
        May("killSelection", CommonSchemas.KillSelection),
        May("taskKillGracePeriodSeconds", Integer("Between asking a task to end and forcing it.", 0)),
        May("tty", Flag("A terminal for the task.")),
        May("deployment", ExtensionSchemas.Deployment),
        May("autoscaling", ExtensionSchemas.Autoscaling),
        May("schedule", ExtensionSchemas.Schedule),
        Told("version", Time("Time of the last change; alone in an update: go back to this version.")),
        Old("uris", List("Now fetch.", Text("Where it is.", min: 1))),
        Old("ports", List("Now portDefinitions.", Port("Port."))),
        Old("ipAddress", IpAddress));

    /// <summary>An app whose id is known otherwise, and updates.</summary>
    public static DocumentSchema Update { get; } = App.Optional() with { Name = "AppDefinition", Description = "An app whose id is in the address, or the members of one to change." };
}
