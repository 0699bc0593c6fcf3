using Tepui.Frameworks.Hosting;
using Tepui.Frameworks.Scheduling;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Services;

/// <summary>How a services scheduler runs.</summary>
public sealed record ServicesSettings() : FrameworkSettings(port: 8080, frameworkName: "marathon")
{
    /// <summary>Checks made at one time.</summary>
    public int ChecksMax { get; init; } = 256;

    /// <summary>Before the names of metrics.</summary>
    public string MetricsPrefix { get; init; } = "marathon";

    /// <summary>Serve <c>/metrics/prometheus</c>.</summary>
    public bool ServePrometheus { get; init; } = true;

    /// <summary>What the core is told, without its ids.</summary>
    public Core.ServicesOptions Core { get; init; } = new();

    /// <inheritdoc/>
    public override FrameworkProfile Profile => Core.Features.Contains("gpu_resources")
        ? base.Profile with { Capabilities = [.. FrameworkProfile.StandardCapabilities, Capability.GpuResources] }
        : base.Profile;

    /// <summary>Reads the settings from flags.</summary>
    /// <exception cref="StartupException">A flag is missing, or flags contradict one another; all problems are listed.</exception>
    public static ServicesSettings From(FlagValues flags)
    {
        var problems = new List<string>();
        var own = new ServicesSettings { WorkDirectory = FrameworkFlags.WorkDirectory(flags, "services") };
        var settings = Shared(own, flags, problems) with
        {
            FrameworkName = flags.Required("framework_name"),
            User = flags.Text("mesos_user"),
            Checkpoint = flags.Boolean("checkpoint"),
            Authentication = Secret(flags, problems),
            Credentials = FrameworkFlags.Credentials(flags, problems),
            ChecksMax = flags.Integer("max_concurrent_marathon_health_checks"),
            MetricsPrefix = flags.Required("metrics_name_prefix"),
            ServePrometheus = flags.Boolean("metrics_prometheus"),
            Core = CoreOptions.From(flags, problems),
        };
        return Sound(settings, problems);
    }

    internal static TimeSpan Milliseconds(FlagValues flags, string name) => TimeSpan.FromMilliseconds(flags.Integer(name));

    private static (string Principal, string Secret)? Secret(FlagValues flags, List<string> problems)
    {
        var given = FrameworkFlags.Authentication(flags, flags.Text("mesos_authentication_secret"), problems);
        if (given is null && flags.Boolean("mesos_authentication"))
        {
            problems.Add("--mesos_authentication needs --mesos_authentication_principal.");
        }

        return given;
    }
}
