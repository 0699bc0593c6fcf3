using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>Gives new versions to what changed.</summary>
internal static class Versioning
{
    /// <summary>A spec that shall take the place of another.</summary>
    /// <param name="before">What is there now, if anything.</param>
    /// <param name="after">What shall be.</param>
    /// <param name="version">The new version.</param>
    /// <param name="restored">The earlier version <paramref name="after"/> goes back to: instances of it that are still there serve again.</param>
    /// <returns><paramref name="before"/> itself when nothing differs.</returns>
    public static RunSpec Stamp(RunSpec? before, RunSpec after, DateTimeOffset version, RunSpec? restored = null)
    {
        if (before is null)
        {
            return after with { Version = version, LastScalingAt = version, LastConfigChangeAt = version };
        }

        if (SpecComparison.Same(before, after))
        {
            return before;
        }

        var sameConfiguration = SpecComparison.SameConfiguration(before, after);
        return after with
        {
            Version = version,
            LastScalingAt = before.Instances == after.Instances ? before.LastScalingAt : version,
            LastConfigChangeAt = sameConfiguration ? before.LastConfigChangeAt : restored?.LastConfigChangeAt ?? version,
        };
    }
}
