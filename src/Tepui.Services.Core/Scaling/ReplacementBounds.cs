using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Scaling;

/// <summary>Within what a replacement stays.</summary>
/// <param name="Target">Instances wanted in the end.</param>
/// <param name="LeastServing">Never fewer that may take load, by our own doing.</param>
/// <param name="Capacity">Never more at a time.</param>
/// <param name="MayExceed">One more than <paramref name="Capacity"/> may run when nothing could move otherwise; if not, one fewer than <paramref name="LeastServing"/> serves then.</param>
/// <param name="MostNew">Not more new ones for now.</param>
/// <param name="LeastOld">Not fewer old ones for now.</param>
internal readonly record struct ReplacementBounds(int Target, int LeastServing, int Capacity, bool MayExceed, int MostNew, int LeastOld)
{
    /// <summary>Of a rolling replacement by an upgrade strategy.</summary>
    public static ReplacementBounds Rolling(RunSpec spec) => Rolling(spec.Instances, spec.Upgrade.MinimumHealthCapacity, spec.Upgrade.MaximumOverCapacity, spec.IsResident);

    /// <summary>Of a rolling replacement.</summary>
    /// <param name="target">Instances wanted in the end.</param>
    /// <param name="healthCapacity">Least share that serves.</param>
    /// <param name="overCapacity">Most share beside the target.</param>
    /// <param name="isResident">Never more than the capacity.</param>
    public static ReplacementBounds Rolling(int target, double healthCapacity, double overCapacity, bool isResident) => new(
        target,
        (int)Math.Ceiling(target * healthCapacity),
        (int)Math.Floor(target * (1 + overCapacity)),
        !isResident,
        target,
        0);

    /// <summary>The most instances at a time that these bounds ever allow.</summary>
    public int Most => LeastServing == Capacity && MayExceed ? Capacity + 1 : Capacity;
}
