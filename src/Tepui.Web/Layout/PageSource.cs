namespace Tepui.Web.Layout;

/// <summary>Whose state a page shows.</summary>
public enum PageSource
{
    /// <summary>The master's.</summary>
    Cluster,

    /// <summary>The services'.</summary>
    Services,

    /// <summary>The jobs scheduler's.</summary>
    Jobs,
}
