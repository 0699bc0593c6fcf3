using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Model.Offers;

/// <summary>One resource of an offer, and what is left of it while tasks are cut from it. Schedulers that mark reservations derive from it.</summary>
public class Pile
{
    private readonly Resource _template;

    /// <summary>All of it is left at first.</summary>
    public Pile(Resource resource)
    {
        Wire = resource;
        Scalar = Thousandths.FromDouble(resource.Scalar?.Value ?? 0);
        Ports = resource.Ranges is { } ranges ? ResourceRanges.From(ranges.Range.Select(range => new ResourceRange(range.Begin, range.End))) : ResourceRanges.Empty;
        ReservedFor = RoleOf(resource);
        IsLabelled = LabelsOf(resource) is { Labels_.Count: > 0 };
        IsPlain = resource.Disk is null && resource.Revocable is null && resource.Shared is null && resource.ProviderId is null;
        _template = resource.Clone();
        _template.Scalar = null;
        _template.Ranges = null;
    }

    /// <summary>As offered.</summary>
    public Resource Wire { get; }

    /// <summary>As in <c>cpus</c>.</summary>
    public string Name => Wire.Name;

    /// <summary>Role it is reserved for; <see langword="null"/> if for nobody.</summary>
    public string? ReservedFor { get; }

    /// <summary>Its reservation has labels: somebody keeps it for a purpose.</summary>
    public bool IsLabelled { get; }

    /// <summary>Neither a disk of its own, nor a volume, nor revocable, nor shared.</summary>
    public bool IsPlain { get; }

    /// <summary>Amount left, thousandths.</summary>
    public long Scalar { get; private set; }

    /// <summary>Ports left.</summary>
    public ResourceRanges Ports { get; private set; }

    /// <summary>Whether tasks of a role may use it: it is reserved for nobody, for the role, or for a role above.</summary>
    public bool IsFor(string role) => ReservedFor is not { } owner || owner == role || Roles.IsStrictSubrole(role, owner);

    /// <summary>Cuts an amount off, as much as there is of it.</summary>
    public Resource Take(long amount)
    {
        var part = Math.Min(amount, Scalar);
        Scalar -= part;
        var taken = _template.Clone();
        taken.Scalar = new() { Value = Thousandths.ToDouble(part) };
        return taken;
    }

    /// <summary>Cuts ports off, all of which are here.</summary>
    public Resource Take(ResourceRanges ports)
    {
        Ports = Ports.Subtract(ports);
        var taken = _template.Clone();
        taken.Ranges = new();
        foreach (var range in ports.Ranges)
        {
            taken.Ranges.Range.Add(new Value.Types.Range { Begin = range.Begin, End = range.End });
        }

        return taken;
    }

    private static Labels? LabelsOf(Resource resource) => resource.Reservations.Count > 0 ? resource.Reservations[^1].Labels : resource.Reservation?.Labels;

    // Frameworks without the capability for refined reservations get the older form.
    private static string? RoleOf(Resource resource)
    {
        if (resource.Reservations.Count > 0)
        {
            return resource.Reservations[^1].Role;
        }

        return resource.HasRole && resource.Role != Roles.Any ? resource.Role : null;
    }
}
