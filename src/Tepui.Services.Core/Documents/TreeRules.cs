using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents;

/// <summary>Rules on the tree as a whole.</summary>
public static class TreeRules
{
    /// <summary>All that is wrong; nothing if it can be deployed.</summary>
    public static IReadOnlyList<PathProblem> Check(ServiceTree tree) => [];
}
