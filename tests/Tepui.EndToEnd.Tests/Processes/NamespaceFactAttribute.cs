namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>A test that needs network namespaces: root, <c>ip</c>, and a machine that allows them.</summary>
internal sealed class NamespaceFactAttribute : FactAttribute
{
    public NamespaceFactAttribute()
    {
        if (!NetworkNamespaces.ArePossible)
        {
            Skip = "Needs root and a machine that lets network namespaces be made";
        }
    }
}
