using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Sdk.Operators;
using MasterAgent = Tepui.Protocol.V1.Master.Response.Types.GetAgents.Types.Agent;

namespace Tepui.Services.Scheduling;

/// <summary>What agents have to give, as the master tells everybody. A scheduler hears of resources only while it wants some; this asks at any time.</summary>
/// <param name="masters">Addresses of masters; they send on to the leader.</param>
internal sealed class FreeResources(IReadOnlyList<string> masters) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly List<OperatorClient> _masters =
        [.. masters.Select(master => new OperatorClient(new Uri(master.Contains("://", StringComparison.Ordinal) ? master : "http://" + master), Limit))];

    /// <summary>What nobody uses on each agent, in the form of an offer; empty when no master answers.</summary>
    public async Task<IReadOnlyList<Offer>> AskAsync(CancellationToken cancel)
    {
        foreach (var master in _masters)
        {
            try
            {
                var answer = await master.GetAgentsAsync(cancel);
                return [.. answer.Agents.Where(agent => agent is { Active: true, Deactivated: false }).Select(ToOffer)];
            }
            catch (Exception e) when (e is HttpRequestException or OperatorException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // The next one may answer.
            }
        }

        return [];
    }

    /// <inheritdoc/>
    public void Dispose() => _masters.ForEach(master => master.Dispose());

    private static Offer ToOffer(MasterAgent agent)
    {
        var free = ResourceSet.From(agent.TotalResources).Without(ResourceSet.From(agent.AllocatedResources).Unallocate());
        var offer = new Offer
        {
            Id = new() { Value = "forecast" },
            FrameworkId = new() { Value = "forecast" },
            AgentId = agent.AgentInfo.Id,
            Hostname = agent.AgentInfo.Hostname,
            Domain = agent.AgentInfo.Domain,
        };
        offer.Resources.AddRange(free.ToWire(ResourceFormat.PostRefinement));
        offer.Attributes.AddRange(agent.AgentInfo.Attributes);
        return offer;
    }
}
