using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Launching;

/// <summary>Every agent heard of, by offers and by instances: one <see cref="Host"/> for all that is there, and which values of a field there are to spread over.</summary>
internal sealed class AgentBook
{
    /// <summary>A spec that waits longer than this spreads only over agents that offered something within this time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly Dictionary<AgentId, Entry> _agents = [];
    private readonly Dictionary<string, Dictionary<string, DateTimeOffset>> _fields = new(StringComparer.Ordinal);

    /// <summary>How many are known.</summary>
    public int Count => _agents.Count;

    /// <summary>Takes note of an offer.</summary>
    /// <returns>The host, and a small number that stands for its agent as long as the scheduler runs.</returns>
    public (Host Host, int Number) Offered(Offer offer, DateTimeOffset now)
    {
        var entry = Put(Host.Read(offer));
        foreach (var (field, values) in _fields)
        {
            if (HostField.Of(entry.Host, field) is { } value)
            {
                values[value] = now;
            }
        }

        entry.Seen = now;
        return (entry.Host, entry.Number);
    }

    /// <summary>The one object for hosts equal to this one.</summary>
    public Host Intern(Host host) => Put(host).Host;

    /// <summary>How many values of a field there are among the agents that can be counted on: all ever seen at first, those seen of late once the wait is long.</summary>
    public int Values(string field, DateTimeOffset waitingSince, DateTimeOffset now)
    {
        if (!_fields.TryGetValue(field, out var values))
        {
            _fields[field] = values = new(StringComparer.Ordinal);
            foreach (var entry in _agents.Values)
            {
                if (HostField.Of(entry.Host, field) is { } value)
                {
                    values[value] = values.TryGetValue(value, out var seen) && seen > entry.Seen ? seen : entry.Seen;
                }
            }
        }

        return now - waitingSince <= Fresh ? values.Count : values.Values.Count(seen => now - seen <= Fresh);
    }

    private Entry Put(Host host)
    {
        if (!_agents.TryGetValue(host.Agent, out var entry))
        {
            _agents[host.Agent] = entry = new(_agents.Count, host);
        }
        else if (!entry.Host.IsSame(host))
        {
            entry.Host = host;
        }

        return entry;
    }

    private sealed class Entry(int number, Host host)
    {
        public int Number { get; } = number;

        public Host Host { get; set; } = host;

        public DateTimeOffset Seen { get; set; }
    }
}
