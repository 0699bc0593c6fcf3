using System.Globalization;
using Tepui.Model.Identifiers;

namespace Tepui.Master.Core;

/// <summary>Makes ids. All begin with the id of this master, which is new at every start, so none is ever made twice.</summary>
internal sealed class Mint(string master)
{
    private long _frameworks;
    private long _agents;
    private long _offers;

    /// <summary>A framework id, as in <c>MASTER-0007</c>.</summary>
    public FrameworkId Framework() => new($"{master}-{(_frameworks++).ToString("D4", CultureInfo.InvariantCulture)}");

    /// <summary>An agent id, as in <c>MASTER-S7</c>.</summary>
    public AgentId Agent() => new($"{master}-S{_agents++}");

    /// <summary>An offer id, as in <c>MASTER-O7</c>.</summary>
    public OfferId Offer() => new($"{master}-O{_offers++}");
}
