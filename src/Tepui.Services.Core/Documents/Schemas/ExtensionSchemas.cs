using static Tepui.Services.Core.Documents.Schemas.Shape;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>Parts that other schedulers of this kind do not have: how deployments run, following load, instance counts at times.</summary>
internal static class ExtensionSchemas
{
    public static DocumentSchema Deployment { get; } = Object("DeploymentPolicy", "How deployments of it run and when they have failed. Absent: rolling, without deadline and without rollback.",
        May("strategy", Word("Way to bring a new version in.", "rolling", "rolling", "canary", "blueGreen")),
        May("progressDeadlineSeconds", Integer("Longest time without a further ready instance; 0: for ever.", 0, standard: "600")),
        May("minimumRunSeconds", Integer("A new instance without readiness check is ready only after it has run so long; 0: at once.", 0, standard: "5")),
        May("failureThreshold", Integer("So many failed new instances end the deployment; 0: any number.", 0, standard: "10")),
        May("autoRollback", Flag("Go back to the version before when it has failed; otherwise it pauses.", "true")),
        May("canary", Object("CanaryPolicy", "A few new instances first.",
            May("instances", Integer("How many.", 1, standard: "1")),
            May("promote", Promote),
            May("afterSeconds", Integer("With auto: healthy for so long.", 0, standard: "60")))),
        May("blueGreen", Object("BlueGreenPolicy", "All new instances beside all old ones.",
            May("promote", Promote),
            May("afterSeconds", Integer("With auto: healthy for so long.", 0, standard: "60")),
            May("dropOld", Flag("End the old instances after promotion.", "true")))));

    public static DocumentSchema Autoscaling { get; } = Object("Autoscaling", "Follows load within bounds.",
        Must("minInstances", Integer("Never fewer.", 0)),
        Must("maxInstances", Integer("Never more.", 1)),
        Must("metric", Word("What is measured.", null, "cpu", "mem", "http")),
        Must("target", Number("Wanted value: percent of the request for cpu and mem, value per instance for http.", 0)),
        May("url", Text("Where http is fetched.", min: 1, max: 1024)),
        May("path", Text("Dotted path in a JSON answer; empty: the answer is a plain number.", standard: "")),
        May("intervalSeconds", Integer("Between measurements.", 1, standard: "15")),
        May("scaleUpCooldownSeconds", Integer("Least time between two increases.", 0, standard: "60")),
        May("scaleDownCooldownSeconds", Integer("Least time after any change before a decrease.", 0, standard: "300")));

    public static DocumentSchema Schedule { get; } = List("Instance counts at times.", Object("ScheduledScale", "From a time on, so many instances.",
        Must("cron", Text("Minute, hour, day of month, month, day of week.", min: 1)),
        May("timezone", Text("IANA name.", min: 1, standard: "Etc/UTC")),
        Must("instances", Integer("How many.", 0))));

    private static DocumentSchema Promote => Word("By hand, or once the new instances have been healthy.", "manual", "manual", "auto");
}
