using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Model.Time;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Offers;

/// <summary>An offer that was not answered yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Framework">Who may take it.</param>
/// <param name="Agent">Whose resources they are.</param>
/// <param name="Role">The role it is for.</param>
/// <param name="Resources">What is offered, with the allocation role.</param>
/// <param name="Wire">As sent.</param>
internal sealed record OpenOffer(OfferId Id, FrameworkId Framework, AgentId Agent, string Role, ResourceSet Resources, Offer Wire)
{
    /// <summary>When it will be rescinded, if offers time out.</summary>
    public Alarm<Turn>? Expiry { get; set; }
}
