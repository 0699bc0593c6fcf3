using Tepui.Frameworks.Store;
using Tepui.Protocol.Services;

namespace Tepui.Services.Store;

/// <summary>What the store of services holds.</summary>
internal static class StoreEntries
{
    /// <summary>Kinds of entries by the beginnings of their keys.</summary>
    public static EntryKinds Kinds { get; } = new(
        ("framework", FrameworkEntry.Parser),
        ("specs/", SpecEntry.Parser),
        ("versions/", SpecEntry.Parser),
        ("groups/", GroupEntry.Parser),
        ("changes/", TreeChangeEntry.Parser),
        ("instances/", InstanceEntry.Parser),
        ("deployments/", DeploymentEntry.Parser),
        ("failures/", FailureEntry.Parser),
        ("callbacks/", CallbackEntry.Parser),
        ("requests/", RequestEntry.Parser),
        ("scaling/", ScalingEntry.Parser));
}
