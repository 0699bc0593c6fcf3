using System.Globalization;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Autoscaling;

/// <summary>How many instances a measured load asks for.</summary>
internal static class TargetTracking
{
    /// <summary>So far from the target nothing is done: the next measurement may say the opposite.</summary>
    public const double Tolerance = 0.1;

    // 5.000000001 instances are 5.
    private const double Rounding = 1e-9;

    /// <summary>The count that brings the load to its target, within the bounds of the policy; and why.</summary>
    /// <param name="policy">Target and bounds.</param>
    /// <param name="wanted">Instances asked for now.</param>
    /// <param name="running">Instances that the value is the average of.</param>
    /// <param name="value">Measured.</param>
    public static (int Instances, string Reason) Desire(AutoscalingPolicy policy, int wanted, int running, double value)
    {
        if (wanted < policy.MinInstances || wanted > policy.MaxInstances)
        {
            var bounded = Math.Clamp(wanted, policy.MinInstances, policy.MaxInstances);
            return (bounded, $"{wanted} is outside the bounds {policy.MinInstances} to {policy.MaxInstances}");
        }

        var desired = policy.Metric == ScalingMetric.Http ? value / policy.Target : running * value / policy.Target;
        var ratio = wanted == 0 ? double.PositiveInfinity : desired / wanted;
        var measured = Describe(policy, value);
        if (Math.Abs(ratio - 1) <= Tolerance + Rounding)
        {
            return (wanted, $"{measured}, near enough");
        }

        var exact = Math.Min(Math.Ceiling(desired - Rounding), int.MaxValue);
        var count = Math.Clamp((int)exact, policy.MinInstances, policy.MaxInstances);
        return (count, count == (int)exact ? measured : $"{measured}; would be {exact.ToString("0", CultureInfo.InvariantCulture)}, the bounds are {policy.MinInstances} to {policy.MaxInstances}");
    }

    private static string Describe(AutoscalingPolicy policy, double value)
    {
        var shown = value.ToString("0.##", CultureInfo.InvariantCulture);
        var target = policy.Target.ToString("0.##", CultureInfo.InvariantCulture);
        return policy.Metric switch
        {
            ScalingMetric.Cpu => $"CPU use {shown} % of the request, target {target} %",
            ScalingMetric.Mem => $"memory use {shown} % of the request, target {target} %",
            _ => $"metric {shown}, target {target} per instance",
        };
    }
}
