using System.Diagnostics.CodeAnalysis;
using Tepui.Protocol.V1;

namespace Tepui.Sdk.Offers;

/// <summary>An offer and what is left of it while tasks are cut from it.</summary>
/// <remarks>
/// Resources reserved for our role are taken first, so that what everyone may use stays free. Volumes and disks of their own are left alone:
/// name them in the task if you want them. Revocable resources are left alone too.
/// </remarks>
public sealed class RemainingOffer
{
    private readonly List<Resource> _left;

    /// <summary>All of <paramref name="offer"/> is left at first.</summary>
    public RemainingOffer(Offer offer)
    {
        Offer = offer;
        _left = [.. offer.Resources.Where(IsPlain).OrderByDescending(IsReserved).Select(resource => resource.Clone())];
    }

    /// <summary>What it is cut from.</summary>
    public Offer Offer { get; }

    /// <summary>Cores left.</summary>
    public double Cpus => Amount("cpus") / 1000.0;

    /// <summary>Memory left, MB.</summary>
    public double MemMb => Amount("mem") / 1000.0;

    /// <summary>Disk left, MB.</summary>
    public double DiskMb => Amount("disk") / 1000.0;

    /// <summary>Ports left.</summary>
    public long Ports => Named("ports").Sum(resource => resource.Ranges?.Range.Sum(range => (long)(range.End - range.Begin) + 1) ?? 0);

    /// <summary>Cuts what a task needs off, or nothing when not all of it is there.</summary>
    /// <param name="demand">What the task needs.</param>
    /// <param name="taken">For <see cref="TaskInfo.Resources"/>.</param>
    public bool TryTake(TaskDemand demand, [NotNullWhen(true)] out IReadOnlyList<Resource>? taken)
    {
        taken = null;
        (string Name, long Milli)[] scalars = [("cpus", Milli(demand.Cpus)), ("mem", Milli(demand.MemMb)), ("disk", Milli(demand.DiskMb)), ("gpus", demand.Gpus * 1000L)];
        if (scalars.Any(scalar => Amount(scalar.Name) < scalar.Milli) || Ports < demand.Ports)
        {
            return false;
        }

        var cut = new List<Resource>();
        foreach (var (name, milli) in scalars)
        {
            TakeScalar(name, milli, cut);
        }

        TakePorts(demand.Ports, cut);
        taken = cut;
        return true;
    }

    private static bool IsPlain(Resource resource) => resource.Disk is null && resource.Revocable is null && resource.Shared is null && resource.ProviderId is null;

#pragma warning disable CS0612 // Frameworks without RESERVATION_REFINEMENT get the older form.
    private static bool IsReserved(Resource resource) => resource.Reservations.Count > 0 || (resource.HasRole && resource.Role != "*");
#pragma warning restore CS0612

    private static long Milli(double value) => (long)Math.Round(value * 1000, MidpointRounding.AwayFromZero);

    private IEnumerable<Resource> Named(string name) => _left.Where(resource => resource.Name == name);

    private long Amount(string name) => Named(name).Sum(resource => Milli(resource.Scalar?.Value ?? 0));

    private void TakeScalar(string name, long milli, List<Resource> cut)
    {
        foreach (var resource in Named(name))
        {
            var part = Math.Min(milli, Milli(resource.Scalar?.Value ?? 0));
            if (part <= 0)
            {
                continue;
            }

            var taken = resource.Clone();
            taken.Scalar.Value = part / 1000.0;
            cut.Add(taken);
            resource.Scalar!.Value = (Milli(resource.Scalar.Value) - part) / 1000.0;
            milli -= part;
        }
    }

    private void TakePorts(int count, List<Resource> cut)
    {
        foreach (var resource in Named("ports"))
        {
            var taken = resource.Clone();
            taken.Ranges = new();
            for (var i = 0; i < resource.Ranges.Range.Count && count > 0;)
            {
                var range = resource.Ranges.Range[i];
                var size = Math.Min((ulong)count, range.End - range.Begin + 1);
                taken.Ranges.Range.Add(new Value.Types.Range { Begin = range.Begin, End = range.Begin + size - 1 });
                count -= (int)size;
                if (range.Begin + size > range.End)
                {
                    resource.Ranges.Range.RemoveAt(i);
                }
                else
                {
                    range.Begin += size;
                }
            }

            if (taken.Ranges.Range.Count > 0)
            {
                cut.Add(taken);
            }
        }
    }
}
