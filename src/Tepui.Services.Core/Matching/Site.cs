using Tepui.Protocol.V1;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Services.Core.Matching;

/// <summary>A place to launch at: a host and what is left of its resources while instances are cut from them. What is reserved comes first, so that what everybody may use stays free.</summary>
internal sealed class Site
{
    /// <summary>All resources are left at first.</summary>
    /// <param name="host">Where.</param>
    /// <param name="role">Role the resources are offered to; <see langword="null"/>: any.</param>
    /// <param name="resources">What there is.</param>
    /// <param name="unavailability">Planned maintenance.</param>
    public Site(Host host, string? role, IEnumerable<Resource> resources, Unavailability? unavailability)
    {
        Host = host;
        Role = role;
        Unavailability = unavailability;
        Piles = [.. resources.Select(resource => new MarkedPile(resource)).OrderBy(pile => pile.ReservedFor is null)];
        HasGpus = Piles.Exists(pile => pile.Name == "gpus" && pile.Scalar > 0);
    }

    /// <summary>Where.</summary>
    public Host Host { get; }

    /// <summary>Role the resources are offered to; <see langword="null"/>: any.</summary>
    public string? Role { get; }

    /// <summary>Planned maintenance.</summary>
    public Unavailability? Unavailability { get; }

    /// <summary>The resources, reserved ones first.</summary>
    public List<MarkedPile> Piles { get; }

    /// <summary>Whether GPUs are among what was offered.</summary>
    public bool HasGpus { get; }
}
