using static Tepui.Services.Core.Documents.Schemas.Shape;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>Parts that apps, pods and groups share.</summary>
internal static class CommonSchemas
{
    public static DocumentSchema Id { get; } = Text("Path of an app, pod or group, absolute or relative to the group it stands in.", min: 1, pattern: Patterns.PathId);

    public static DocumentSchema Strings { get; } = Map("Names and texts.", Text("Value."));

    public static DocumentSchema EnvValue { get; } = OneOf("A text, or the name of a secret.",
        Text("Value."),
        Object("EnvSecret", "The value of a secret.", Must("secret", Text("Name of an entry of secrets.", min: 1))));

    public static DocumentSchema Secrets { get; } = Map("Secrets by name.",
        Object("Secret", "Where a secret comes from.", Must("source", Text("Where the value is kept."))));

    public static DocumentSchema ExecutorResources { get; } = Object("ExecutorResources", "Resources of the executor beside those of the tasks.",
        May("cpus", Number("Cores.", min: 0.1, standard: "0.1")),
        May("mem", Number("MiB.", min: 32, standard: "32")),
        May("disk", Number("MiB.", min: 10, standard: "10")));

    public static DocumentSchema ResourceLimits { get; } = Object("ResourceLimits", "Upper limits beside the requests.",
        May("cpus", Limit("Cores.")),
        May("mem", Limit("MiB.")));

    public static DocumentSchema Artifact { get; } = Object("Artifact", "A file to fetch into the sandbox.",
        Must("uri", Text("Where it is.", min: 1, max: 1024)),
        May("extract", Flag("Unpack it if it is an archive.", "true")),
        May("executable", Flag("Make it executable.", "false")),
        May("cache", Flag("Keep it on the agent for others.", "false")),
        May("destPath", Text("Name in the sandbox.")));

    public static DocumentSchema Network { get; } = Object("Network", "A network to join.",
        May("mode", Word("How.", "container", "container", "container/bridge", "host")),
        May("name", Text("Which, in container mode.", min: 1, max: 63, pattern: Patterns.NetworkName)),
        May("labels", Strings));

    public static DocumentSchema UpgradeStrategy { get; } = Object("UpgradeStrategy", "Bounds of a rolling replacement, as fractions of the instance count.",
        Must("minimumHealthCapacity", Number("So much stays healthy.", 0, 1)),
        Must("maximumOverCapacity", Number("So much may run in addition.", 0, 1)));

    public static DocumentSchema UnreachableStrategy { get; } = OneOf("What becomes of instances on agents that cannot be reached: times, or disabled to wait for ever.",
        Word("Wait for ever.", null, "disabled"),
        Object("UnreachableStrategy", "Times, in seconds.",
            May("inactiveAfterSeconds", Integer("A replacement starts.", 0, standard: "0")),
            May("expungeAfterSeconds", Integer("The old one is forgotten.", 0, standard: "0"))));

    public static DocumentSchema KillSelection { get; } = Word("Which instances go first when there are too many.", "YOUNGEST_FIRST", "YOUNGEST_FIRST", "OLDEST_FIRST");

    public static DocumentSchema Ipc { get; } = Object("IpcInfo", "Sharing of memory between processes.",
        Must("mode", Word("With whom.", null, "PRIVATE", "SHARE_PARENT")),
        May("shmSize", Integer("MiB of /dev/shm.", 0)));

    public static DocumentSchema LinuxInfo { get; } = Object("LinuxInfo", "Facilities of the Linux kernel.",
        May("seccomp", Object("Seccomp", "Which system calls are allowed: a profile, or all.",
            May("profileName", Text("Name of a profile on the agent.")),
            May("unconfined", Flag("All.")))),
        May("ipcInfo", Ipc));

    public static DocumentSchema VolumeConstraints { get; } = List("Rules on the disk: path, LIKE or UNLIKE, a regular expression.", List("One rule.", Text("Part.")));

    public static DocumentSchema PersistentVolume { get; } = Object("PersistentVolume", "Space on an agent that is kept for its instance.",
        May("type", Word("Kind of disk.", null, "root", "path", "mount")),
        Must("size", Number("MiB.", 0)),
        May("maxSize", Number("MiB, for mount.", 0)),
        May("profileName", Text("Profile of the disk.", min: 1)),
        May("constraints", VolumeConstraints));

    /// <summary>Members of every health check on when it is made and how it is judged.</summary>
    public static IReadOnlyList<SchemaField> HealthTiming { get; } =
    [
        May("gracePeriodSeconds", Integer("Failures do not count so long after the start.", 0, standard: "300")),
        May("intervalSeconds", Integer("Between checks.", 0, standard: "60")),
        May("maxConsecutiveFailures", Integer("So many in a row and the instance is replaced; 0: never.", 0, standard: "3")),
        May("timeoutSeconds", Integer("Of one check.", 0, standard: "20")),
        May("delaySeconds", Integer("Before the first check, where the agent runs it.", 0, standard: "15")),
    ];

    /// <summary>Members of every check on when it is made.</summary>
    public static IReadOnlyList<SchemaField> CheckTiming { get; } =
    [
        May("intervalSeconds", Integer("Between checks.", 0, standard: "60")),
        May("timeoutSeconds", Integer("Of one check.", 0, standard: "20")),
        May("delaySeconds", Integer("Before the first.", 0, standard: "15")),
    ];

    /// <summary>A command as shell text or as arguments.</summary>
    public static DocumentSchema Command { get; } = OneOf("A command.",
        Object("ShellCommand", "Run by a shell.", Must("shell", Text("Text.", min: 1))) with { Marker = "shell" },
        Object("ArgvCommand", "Run as it is.", Must("argv", List("Program and arguments.", Text("Argument."), min: 1))));

    public static DocumentSchema Protocols { get; } = Word("Protocol.", "tcp", "tcp", "udp", "udp,tcp");

    private static DocumentSchema Limit(string description) => OneOf(description + " A number, or unlimited.", Number(description, 0), Word("No limit.", null, "unlimited"));
}
