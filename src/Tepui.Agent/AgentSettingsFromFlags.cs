using System.Text.Json;
using Tepui.Model.Units;
using Tepui.Protocol.Json;
using Tepui.Protocol.V1;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

namespace Tepui.Agent;

/// <summary>Reads an agent's settings from its flags.</summary>
public static class AgentSettingsFromFlags
{
    /// <summary>Settings for checked flags; flags without a value leave the default.</summary>
    /// <exception cref="StartupException">A needed flag is missing, or a JSON value is not what it should be.</exception>
    public static AgentSettings Read(FlagValues flags) => new()
    {
        Master = Needed(flags, "master", "Where masters are, as HOST:PORT."),
        WorkDirectory = Path.GetFullPath(Needed(flags, "work_dir", "Where sandboxes and what must survive a restart are kept.")),
        Ip = flags.Address("ip"),
        Port = flags.Integer("port"),
        AdvertiseIp = flags.Address("advertise_ip")?.ToString(),
        AdvertisePort = flags.IntegerOrNull("advertise_port"),
        Hostname = flags.Text("hostname"),
        HostnameLookup = flags.Boolean("hostname_lookup"),
        Resources = flags.Text("resources") ?? "",
        DefaultRole = flags.Required("default_role"),
        Attributes = flags.Text("attributes") ?? "",
        Domain = Domain(flags.Text("domain")),
        SwitchUser = flags.Boolean("switch_user"),
        FrameworksHome = flags.Text("frameworks_home") is { Length: > 0 } home ? home : null,
        FetcherStallTimeout = flags.Duration("fetcher_stall_timeout"),
        RegistrationBackoffFactor = flags.Duration("registration_backoff_factor"),
        ExecutorRegistrationTimeout = flags.Duration("executor_registration_timeout"),
        ExecutorReregistrationTimeout = flags.Duration("executor_reregistration_timeout"),
        ExecutorShutdownGracePeriod = flags.Duration("executor_shutdown_grace_period"),
        RecoveryTimeout = flags.Duration("recovery_timeout"),
        GcDelay = flags.Duration("gc_delay"),
        GcDiskHeadroom = flags.Number("gc_disk_headroom"),
        DiskWatchInterval = flags.Duration("disk_watch_interval"),
        MaxCompletedExecutorsPerFramework = flags.Integer("max_completed_executors_per_framework"),
        ExecutorEnvironmentVariables = Variables(flags.Text("executor_environment_variables")),
        Flags = flags.Printed,
        LogFile = flags.Text("external_log_file"),
    };

    /// <summary>The settings in force as flags, for agents that were not started from flags.</summary>
    internal static IReadOnlyDictionary<string, string> Print(AgentSettings settings, int port)
    {
        if (settings.Flags.Count > 0)
        {
            return settings.Flags;
        }

        var flags = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["default_role"] = settings.DefaultRole,
            ["disk_watch_interval"] = DurationText.Print(settings.DiskWatchInterval),
            ["executor_registration_timeout"] = DurationText.Print(settings.ExecutorRegistrationTimeout),
            ["executor_reregistration_timeout"] = DurationText.Print(settings.ExecutorReregistrationTimeout),
            ["executor_shutdown_grace_period"] = DurationText.Print(settings.ExecutorShutdownGracePeriod),
            ["gc_delay"] = DurationText.Print(settings.GcDelay),
            ["gc_disk_headroom"] = settings.GcDiskHeadroom.ToString(),
            ["hostname_lookup"] = settings.HostnameLookup ? "true" : "false",
            ["master"] = settings.Master,
            ["max_completed_executors_per_framework"] = settings.MaxCompletedExecutorsPerFramework.ToString(),
            ["port"] = port.ToString(),
            ["recovery_timeout"] = DurationText.Print(settings.RecoveryTimeout),
            ["registration_backoff_factor"] = DurationText.Print(settings.RegistrationBackoffFactor),
            ["switch_user"] = settings.SwitchUser ? "true" : "false",
            ["work_dir"] = settings.WorkDirectory,
        };
        AddIfSet(flags, "attributes", settings.Attributes);
        AddIfSet(flags, "external_log_file", settings.LogFile);
        AddIfSet(flags, "hostname", settings.Hostname);
        AddIfSet(flags, "ip", settings.Ip?.ToString());
        AddIfSet(flags, "resources", settings.Resources);
        return flags;
    }

    private static void AddIfSet(SortedDictionary<string, string> flags, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            flags[name] = value;
        }
    }

    private static string Needed(FlagValues flags, string name, string meaning) =>
        flags.Text(name) ?? throw new StartupException($"--{name} is missing. {meaning}", ExitCode.Usage);

    private static DomainInfo? Domain(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return JsonCodec.TryParse<DomainInfo>(System.Text.Encoding.UTF8.GetBytes(text), out var domain, out var problem)
            ? domain
            : throw new StartupException($"--domain: {problem}", ExitCode.Usage);
    }

    private static Dictionary<string, string> Variables(string? text)
    {
        try
        {
            return text is null
                ? new(StringComparer.Ordinal)
                : new(JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? [], StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new StartupException($"--executor_environment_variables must be a JSON object of texts: {e.Message}", ExitCode.Usage, e);
        }
    }
}
