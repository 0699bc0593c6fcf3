using Tepui.Model.Identifiers;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Matching;

/// <summary>Resources reserved for one instance, and its volumes.</summary>
internal static class Reservations
{
    /// <summary>Whether all volumes of the instance are at the site.</summary>
    public static bool IsHere(FrameworkId framework, LaunchPlan plan, Instance instance, Site site) =>
        plan.Volumes.All(wish => Volume(framework, instance, wish, site) is not null);

    /// <summary>A volume of the instance, if it is at the site.</summary>
    public static MarkedPile? Volume(FrameworkId framework, Instance instance, VolumeWish wish, Site site) =>
        site.Piles.Find(pile => IsOwn(framework, instance.Id, pile) && pile.Wire.Disk?.Persistence is { } persistence
            && persistence.Id.StartsWith(Prefix(instance.Spec, wish), StringComparison.Ordinal));

    /// <summary>Whether a resource is reserved for the instance.</summary>
    public static bool IsOwn(FrameworkId framework, InstanceId instance, MarkedPile pile) => pile.Owner is { } owner && owner.Framework == framework.Value && owner.Instance == instance.Value;

    /// <summary>A new id for a volume: spec, path and a unique part.</summary>
    public static string PersistenceId(PathId spec, VolumeWish wish, string unique) => Prefix(spec, wish) + unique;

    private static string Prefix(PathId spec, VolumeWish wish) => $"{spec.Underscored}#{wish.Path}#";
}
