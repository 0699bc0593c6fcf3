using Tepui.Model.Resources;
using SourceType = Tepui.Protocol.V1.Resource.Types.DiskInfo.Types.Source.Types.Type;

namespace Tepui.Services.Core.Matching;

/// <summary>Where one persistent volume goes.</summary>
/// <param name="Wish">Which volume.</param>
/// <param name="Disk">The disk; <see langword="null"/> is the agent's work directory.</param>
/// <param name="Amount">Thousandths of MiB: all of the disk when it is used as a whole.</param>
internal sealed record VolumePlace(VolumeWish Wish, MarkedPile? Disk, long Amount);

/// <summary>Chooses disks for the persistent volumes of a new instance.</summary>
internal static class VolumeChoice
{
    /// <summary>One place per volume: of disks that are shared out the emptiest, of disks used as a whole the smallest that will do.</summary>
    /// <param name="plan">What is needed.</param>
    /// <param name="usable">What may be used.</param>
    /// <param name="site">Where.</param>
    /// <param name="rootDisk">Space needed in the agent's work directory, tasks included, thousandths of MiB.</param>
    /// <returns><see langword="null"/> if a volume finds no disk; the room in the work directory is not judged.</returns>
    public static IReadOnlyList<VolumePlace>? Choose(LaunchPlan plan, Usable usable, Site site, out long rootDisk)
    {
        rootDisk = plan.Disk;
        var places = new List<VolumePlace>();
        foreach (var wish in plan.Volumes)
        {
            var size = Thousandths.FromDouble(wish.Volume.SizeMb);
            if (wish.Volume.Type == "root")
            {
                rootDisk += size;
                places.Add(new(wish, null, size));
                continue;
            }

            if (Disk(wish, size, usable, site, places) is not { } disk)
            {
                return null;
            }

            places.Add(new(wish, disk, wish.Volume.Type == "mount" ? disk.Scalar : size));
        }

        return places;
    }

    private static MarkedPile? Disk(VolumeWish wish, long size, Usable usable, Site site, List<VolumePlace> taken)
    {
        var isMount = wish.Volume.Type == "mount";
        var candidates = site.Piles.Where(pile => IsKind(pile, isMount ? SourceType.Mount : SourceType.Path, wish) && usable.Accepts(pile) && Fits(pile));
        return isMount ? candidates.MinBy(pile => pile.Scalar) : candidates.MaxBy(Left);

        bool Fits(MarkedPile pile) => isMount
            ? pile.Scalar >= size && (wish.Volume.MaxSizeMb is not { } max || pile.Scalar <= Thousandths.FromDouble(max)) && !taken.Exists(place => place.Disk == pile)
            : Left(pile) >= size;

        long Left(MarkedPile pile) => pile.Scalar - taken.Where(place => place.Disk == pile).Sum(place => place.Amount);
    }

    private static bool IsKind(MarkedPile pile, SourceType type, VolumeWish wish)
    {
        var disk = pile.Wire.Disk;
        if (pile.Name != "disk" || disk?.Source?.Type != type || disk.Persistence is not null)
        {
            return false;
        }

        var profile = disk.Source.HasProfile ? disk.Source.Profile : null;
        var path = type == SourceType.Mount ? disk.Source.Mount?.Root : disk.Source.Path?.Root;
        return profile == wish.Volume.ProfileName && wish.Volume.Constraints.All(constraint => new ConstraintRule(constraint, 1).Meets(path));
    }
}
