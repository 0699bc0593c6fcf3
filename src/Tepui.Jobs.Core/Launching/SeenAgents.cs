using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Launching;

/// <summary>An agent as its last offer showed it.</summary>
/// <param name="Agent">Which.</param>
/// <param name="Hostname">As it calls itself.</param>
/// <param name="Offered">What our role could use of the offer.</param>
/// <param name="Attributes">Of the agent.</param>
/// <param name="IsUnfit">Whether its planned maintenance had begun.</param>
/// <param name="At">When.</param>
internal sealed record SeenAgent(AgentId Agent, string Hostname, Amounts Offered, IReadOnlyList<Protocol.V1.Attribute> Attributes, bool IsUnfit, DateTimeOffset At);

/// <summary>The last offer of every agent: what explanations are made from.</summary>
internal sealed class SeenAgents
{
    private const int TidyLeast = 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private readonly Dictionary<AgentId, SeenAgent> _agents = [];
    private int _tidyAt = TidyLeast;

    /// <summary>When the last offer came, if ever one did.</summary>
    public DateTimeOffset? LastOfferAt { get; private set; }

    /// <summary>All of the last hour at least, by id.</summary>
    public IEnumerable<SeenAgent> All => _agents.Values.OrderBy(agent => agent.Agent.Value, StringComparer.Ordinal);

    /// <summary>An offer came.</summary>
    public void Saw(HeldOffer held, bool isUnfit, DateTimeOffset now)
    {
        LastOfferAt = now;
        _agents[held.Agent] = new(held.Agent, held.Offer.Hostname, held.Left, held.Offer.Attributes, isUnfit, now);
        if (_agents.Count >= _tidyAt)
        {
            Tidy(now);
        }
    }

    private void Tidy(DateTimeOffset now)
    {
        foreach (var agent in _agents.Values.Where(agent => now - agent.At > Kept).ToList())
        {
            _agents.Remove(agent.Agent);
        }

        _tidyAt = Math.Max(TidyLeast, _agents.Count * 2);
    }
}
