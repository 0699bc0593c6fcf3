using Tepui.Web.Pages.Edit;

namespace Tepui.Web.Pages.JobEdit;

/// <summary>What the form of a job asks for, and where each answer lies in its JSON.</summary>
public static class JobLayout
{
    /// <summary>Runs at times.</summary>
    public const string Scheduled = "schedule";

    /// <summary>Runs at times, told as cron tells them.</summary>
    public const string Cron = "cron";

    /// <summary>Runs when its parents have.</summary>
    public const string Dependent = "parents";

    private static readonly (string, string)[] Default = [("", "Default")];

    private static readonly IReadOnlyList<Field> Pair = [new("key", "Name", FieldKind.Text, "key"), new("value", "Value", FieldKind.Text, "value")];

    /// <summary>The kinds of job.</summary>
    public static IReadOnlyList<(string Value, string Label)> Kinds { get; } = [(Scheduled, "On a schedule"), (Cron, "Cron"), (Dependent, "After other jobs")];

    /// <summary>When it runs: each for some kinds of job only.</summary>
    public static IReadOnlyList<(string Kinds, Field Field)> When { get; } =
    [
        (Scheduled, new("schedule", "Schedule", FieldKind.Text, "schedule") { Help = "Rtimes/start/every; R//PT1H: hourly from now", Suggestions = Schedules }),
        (Cron, new("cron", "Cron", FieldKind.Text, "cron") { Help = "minute hour day month weekday, as in 0 8 * * 1-5" }),
        ($"{Scheduled} {Cron}", new("zone", "Time zone", FieldKind.Text, "scheduleTimeZone") { Help = "as in Europe/Berlin; empty: UTC", Suggestions = Zones }),
        (Dependent, new("parents", "Parents", FieldKind.Lines, "parents") { Help = "names of jobs, one on each line; it runs when each of them has run" }),
        (Dependent, new("parentTrigger", "Run after", FieldKind.Choice, "parentTrigger") { Choices = [("", "Success of its parents"), ("failure", "Failure of its parents"), ("any", "Any end of its parents")] }),
    ];

    /// <summary>The sections after the first, in order.</summary>
    public static IReadOnlyList<Section> Sections { get; } =
    [
        new("What it runs",
        [
            new("command", "Command", FieldKind.LongText, "command") { Help = "run by a shell" },
            new("arguments", "Arguments", FieldKind.Lines, "arguments") { Help = "one on each line" },
            new("cpus", "CPUs", FieldKind.Number, "cpus") { Help = "empty or 0: the default" },
            new("mem", "Memory (MiB)", FieldKind.Number, "mem"),
            new("disk", "Disk (MiB)", FieldKind.Number, "disk"),
            new("runAsUser", "User", FieldKind.Text, "runAsUser"),
            new("shell", "Shell", FieldKind.Choice, "shell") { Choices = [("", "The command is a line for the shell"), ("false", "The command is a program with arguments")] },
        ], []) { IsOpen = true },
        new("Who and why",
        [
            new("description", "Description", FieldKind.Text, "description"),
            new("owner", "Owner", FieldKind.Text, "owner") { Help = "mail addresses, with commas between them" },
            new("ownerName", "Owner's name", FieldKind.Text, "ownerName"),
            new("webhook", "Tell this address", FieldKind.Text, "notify.webhook") { Help = "gets a POST" },
            new("notifyOn", "About", FieldKind.Lines, "notify.on") { Help = "failure, recovery, late; one on each line; empty: all" },
        ], []),
        new("When it fails, is late or overlaps",
        [
            new("retries", "Retries", FieldKind.Whole, "retries"),
            new("longest", "Longest run (s)", FieldKind.Whole, "maxCompletionTime") { Help = "0: no limit; then it is killed" },
            new("backoffInitial", "First wait before a retry (s)", FieldKind.Number, "retryBackoff.initialSeconds"),
            new("backoffFactor", "Each wait longer by", FieldKind.Number, "retryBackoff.factor"),
            new("backoffMax", "Longest wait (s)", FieldKind.Number, "retryBackoff.maxSeconds"),
            new("epsilon", "Late after", FieldKind.Text, "epsilon") { Help = "as in PT30M" },
            new("catchUp", "Missed times", FieldKind.Choice, "catchUp") { Choices = [.. Default, ("last", "One run for all of them"), ("all", "A run for each of them"), ("none", "Skip them")] },
            new("concurrency", "Due while it still runs", FieldKind.Choice, "concurrency") { Choices = [.. Default, ("forbid", "Wait until that has ended"), ("allow", "Run beside it"), ("replace", "Kill that and run")] },
            new("delivery", "Launch an occurrence", FieldKind.Choice, "delivery") { Choices = [.. Default, ("atLeastOnce", "At least once"), ("atMostOnce", "At most once")] },
            new("softError", "A failure counts as a success for its children", FieldKind.Flag, "softError"),
        ], []),
        new("Environment", [], [new("env", "variable", "environmentVariables", [new("name", "Name", FieldKind.Text, "name"), new("value", "Value", FieldKind.Text, "value")])]),
        new("Container",
        [
            new("containerType", "Runtime", FieldKind.Choice, "container.type") { Choices = [("", "None"), ("MESOS", "Universal"), ("DOCKER", "Docker")] },
            new("image", "Image", FieldKind.Text, "container.image"),
            new("network", "Network", FieldKind.Choice, "container.network") { Choices = [("", "Host"), ("BRIDGE", "Bridge"), ("USER", "Named")] },
            new("networkName", "Network name", FieldKind.Text, "container.networkName"),
            new("forcePull", "Pull the image at each start", FieldKind.Flag, "container.forcePullImage"),
        ],
        [
            new("volumes", "volume", "container.volumes",
            [
                new("containerPath", "Container path", FieldKind.Text, "containerPath"),
                new("hostPath", "Host path", FieldKind.Text, "hostPath"),
                new("mode", "Mode", FieldKind.Choice, "mode") { Choices = [("RW", "Read and write"), ("RO", "Read only")] },
            ]),
            new("parameters", "parameter", "container.parameters", Pair),
        ]),
        new("Advanced",
        [
            new("fetch", "Files to fetch", FieldKind.Lines, "fetch") { Help = "one address on each line" },
            new("constraints", "Constraints", FieldKind.Constraints, "constraints") { Help = "one on each line, as in: rack EQUALS r7" },
            new("highPriority", "High priority", FieldKind.Flag, "highPriority"),
            new("async", "A run is over when it is told so, not when its task ends", FieldKind.Flag, "async"),
            new("dataProcessing", "Its tasks tell how many elements they processed", FieldKind.Flag, "dataProcessingJobType"),
            new("disabled", "Disabled: it does not run", FieldKind.Flag, "disabled"),
        ], []),
    ];

    /// <summary>All fields outside of lists; the name first.</summary>
    public static IEnumerable<Field> Fields => [Name, .. When.Select(entry => entry.Field), .. Sections.SelectMany(section => section.Fields)];

    /// <summary>All lists.</summary>
    public static IEnumerable<FieldList> Lists => Sections.SelectMany(section => section.Lists);

    /// <summary>The name.</summary>
    public static Field Name { get; } = new("name", "Name", FieldKind.Text, "name") { Help = "letters, digits, _ - ." };

    /// <summary>List of schedules to begin with.</summary>
    public const string Schedules = "schedules";

    /// <summary>List of time zones.</summary>
    public const string Zones = "zones";

    /// <summary>Schedules to begin with.</summary>
    public static IReadOnlyList<(string Value, string Label)> ScheduleExamples { get; } =
    [
        ("R//PT1M", "every minute"), ("R//PT15M", "every quarter of an hour"), ("R//PT1H", "every hour"), ("R//P1D", "every day"), ("R//P1W", "every week"), ("R//P1M", "every month"), ("R1//PT1H", "once, now"),
    ];

    /// <summary>Names of time zones.</summary>
    public static IReadOnlyList<string> ZoneNames { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
