namespace Tepui.Web.Layout;

/// <summary>Where the page begins.</summary>
/// <param name="JobsFirst">With the jobs, as at the jobs scheduler's own port; else with the cluster.</param>
public sealed record Navigation(bool JobsFirst)
{
    /// <summary>Where <c>/</c> leads.</summary>
    public string Home => JobsFirst ? Links.Jobs : Links.Root;
}
