using System.Globalization;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>How many instances may be asked for.</summary>
internal static class CountRules
{
    /// <summary>Most instances of one app or pod: what a process can keep track of.</summary>
    public const int InstancesMax = 100_000;

    /// <summary>Reports a count above the limit.</summary>
    /// <param name="instances">Wanted.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static void Check(double instances, string path, Problems problems) => problems.Require(
        instances <= InstancesMax, path, string.Create(CultureInfo.InvariantCulture, $"must be at most {InstancesMax}, not {instances}: an app or pod has no more instances"));
}
