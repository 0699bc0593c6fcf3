using Tepui.Web.Layout;
using Tepui.Web.Pages.Apps;

namespace Tepui.Web.Pages.AppDetail;

/// <summary>What the page of one app or pod shows: its head, and one of the tabs.</summary>
public sealed record AppPageModel
{
    /// <summary>The app in short.</summary>
    public required AppRow Row { get; init; }

    /// <summary>The tab shown.</summary>
    public required AppTab Tab { get; init; }

    /// <summary>The tabs there are.</summary>
    public required IReadOnlyList<AppTab> Tabs { get; init; }

    /// <summary>Why it crash-loops, or kills are held back; empty when all is well.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Ids of deployments that change it now.</summary>
    public required IReadOnlyList<string> Deployments { get; init; }

    /// <summary>On its tab.</summary>
    public InstancesModel? Instances { get; init; }

    /// <summary>On its tab.</summary>
    public ConfigurationModel? Configuration { get; init; }

    /// <summary>On its tab.</summary>
    public DebugModel? Debug { get; init; }

    /// <summary>Instances with their volumes, on that tab.</summary>
    public IReadOnlyList<InstanceRow>? Volumes { get; init; }

    /// <summary>The address of a tab.</summary>
    public string LinkTo(AppTab tab) => Links.With(Links.App(Row.Id), ("tab", tab == AppTab.Instances ? null : tab.ToString().ToLowerInvariant()));

    /// <summary>The tab that an address names.</summary>
    public static AppTab TabOf(string? name) => Enum.TryParse<AppTab>(name, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : AppTab.Instances;
}
