using Tepui.Master.Core.Frameworks;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Operations;

/// <summary>One kind of operation of an ACCEPT: finds what it needs, checks, changes, says.</summary>
internal interface IOperation
{
    /// <summary>Does it, using up what it takes of the remaining resources, or says why not.</summary>
    public void Carry(Turn turn, AcceptedOffers offers, Offer.Types.Operation operation);

    /// <summary>Says that it cannot be done, since the offers cannot be used.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="framework">Who asked.</param>
    /// <param name="operation">What for.</param>
    /// <param name="problem">What is wrong with the offers.</param>
    public void Refuse(Turn turn, Framework framework, Offer.Types.Operation operation, string problem);
}
