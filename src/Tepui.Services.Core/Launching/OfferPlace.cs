using System.Collections;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Matching;

namespace Tepui.Services.Core.Launching;

/// <summary>One offer of a batch, and what is done with it.</summary>
/// <param name="offer">The offer.</param>
/// <param name="site">What is left of it.</param>
/// <param name="agent">Number of its agent.</param>
/// <param name="specs">How many specs wait.</param>
internal sealed class OfferPlace(Offer offer, Site site, int agent, int specs)
{
    private readonly BitArray _rejected = new(specs);
    private readonly BitArray _used = new(specs);

    /// <summary>The offer.</summary>
    public Offer Offer { get; } = offer;

    /// <summary>What is left of it.</summary>
    public Site Site { get; } = site;

    /// <summary>Number of its agent.</summary>
    public int Agent { get; } = agent;

    /// <summary>What the master shall do with it.</summary>
    public List<Offer.Types.Operation> Operations { get; } = [];

    /// <summary>How many instances are launched on it.</summary>
    public int Launched { get; set; }

    /// <summary>Every waiting spec was tried, and none fits any more.</summary>
    public bool IsExhausted { get; set; }

    /// <summary>Something was reserved on it, which must come back as an offer at once.</summary>
    public bool HasReserved { get; set; }

    /// <summary>Whether the spec with this index was found not to fit. What is left only shrinks and counts only grow, so it stays so for the batch.</summary>
    public bool IsRejected(int index) => _rejected[index];

    /// <summary>The spec does not fit.</summary>
    /// <returns>Whether nothing of it was launched here before.</returns>
    public bool Reject(int index)
    {
        _rejected[index] = true;
        return !_used[index];
    }

    /// <summary>An instance of the spec is launched here.</summary>
    /// <returns>Whether it is the first.</returns>
    public bool Use(int index)
    {
        var isFirst = !_used[index];
        _used[index] = true;
        return isFirst;
    }
}
