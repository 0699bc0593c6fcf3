using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Tells changes that need new instances from those that do not.</summary>
public static class SpecComparison
{
    /// <summary>Whether instances of one version serve for the other as well: everything but instance count, dependencies' order of no effect, executor resources and versions is the same.</summary>
    public static bool SameConfiguration(RunSpec before, RunSpec after) => throw new NotSupportedException();

    /// <summary>Whether nothing differs but versions.</summary>
    public static bool Same(RunSpec before, RunSpec after) => throw new NotSupportedException();
}
