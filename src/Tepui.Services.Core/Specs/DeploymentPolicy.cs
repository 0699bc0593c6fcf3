namespace Tepui.Services.Core.Specs;

/// <summary>Ways to bring a new version in.</summary>
public enum DeploymentStrategy
{
    /// <summary>A few at a time, within the bounds of <see cref="UpgradeStrategy"/>.</summary>
    Rolling,

    /// <summary>A few first; the others after promotion.</summary>
    Canary,

    /// <summary>All new beside all old; the old go after promotion.</summary>
    BlueGreen,
}

/// <summary>How deployments of a spec run and when they have failed.</summary>
public sealed record DeploymentPolicy
{
    /// <summary>Way.</summary>
    public DeploymentStrategy Strategy { get; init; }

    /// <summary>Longest time without a further ready instance before the deployment has failed; zero: for ever.</summary>
    public TimeSpan ProgressDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>So many failed new instances end the deployment; 0: any number.</summary>
    public int FailureThreshold { get; init; } = 10;

    /// <summary>During a deployment a new instance without readiness check is ready only after it has run so long; zero: at once. What ends before it has failed.</summary>
    public TimeSpan MinimumRun { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Go back to the version before when it has failed; otherwise it pauses.</summary>
    public bool AutoRollback { get; init; } = true;

    /// <summary>Canary: how many first.</summary>
    public int CanaryInstances { get; init; } = 1;

    /// <summary>Canary and blue-green: promote without being told, once the new instances have been healthy for <see cref="PromoteAfter"/>.</summary>
    public bool PromoteAutomatically { get; init; }

    /// <summary>How long new instances must have been healthy.</summary>
    public TimeSpan PromoteAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Blue-green: end the old instances after promotion; otherwise they stay until the deployment is finished by hand (promoted again).</summary>
    public bool DropOld { get; init; } = true;
}

/// <summary>What load is measured by.</summary>
public enum ScalingMetric
{
    /// <summary>CPU used, percent of the request.</summary>
    Cpu,

    /// <summary>Memory used, percent of the request.</summary>
    Mem,

    /// <summary>A number fetched over HTTP; its target is per instance.</summary>
    Http,
}

/// <summary>Follows load within bounds.</summary>
/// <param name="MinInstances">Never fewer.</param>
/// <param name="MaxInstances">Never more.</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Target">Wanted value.</param>
/// <param name="Url">Where <see cref="ScalingMetric.Http"/> is fetched.</param>
/// <param name="Path">Dotted path in a JSON answer; empty: the answer is the number.</param>
/// <param name="Interval">Between measurements.</param>
/// <param name="ScaleUpCooldown">Least time between two increases.</param>
/// <param name="ScaleDownCooldown">Least time after any change before a decrease.</param>
public sealed record AutoscalingPolicy(
    int MinInstances, int MaxInstances, ScalingMetric Metric, double Target, string? Url, string Path, TimeSpan Interval, TimeSpan ScaleUpCooldown, TimeSpan ScaleDownCooldown);

/// <summary>From a time on, so many instances.</summary>
/// <param name="Cron">Five fields: minute, hour, day of month, month, day of week.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Instances">How many.</param>
public sealed record ScheduledScale(string Cron, string TimeZone, int Instances);
