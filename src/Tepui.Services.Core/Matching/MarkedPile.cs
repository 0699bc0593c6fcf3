using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Services.Core.Matching;

/// <summary>One resource of an offer, which may be reserved for an instance.</summary>
/// <param name="resource">As offered.</param>
internal sealed class MarkedPile(Resource resource) : Pile(resource)
{
    /// <summary>The instance it is reserved for, if it is for one.</summary>
    public ReservationLabels? Owner { get; } = ReservationLabels.Read(resource);
}
