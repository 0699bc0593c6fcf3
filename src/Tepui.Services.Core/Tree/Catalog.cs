namespace Tepui.Services.Core.Tree;

/// <summary>The present tree, and what it was before.</summary>
internal sealed class Catalog
{
    /// <summary>What clients asked for last.</summary>
    public ServiceTree Tree { get; private set; } = ServiceTree.Empty;

    /// <summary>Earlier versions of apps and pods.</summary>
    public VersionIndex Versions { get; private set; } = VersionIndex.Empty;

    /// <summary>Makes <paramref name="target"/> the present tree: persists what differs, keeps what it was.</summary>
    public void Change(Turn turn, ServiceTree target)
    {
        Tree = target;
    }
}
