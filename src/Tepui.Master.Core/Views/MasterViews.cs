using System.Collections.Immutable;
using Tepui.Model.Identifiers;

namespace Tepui.Master.Core.Views;

/// <summary>Takes views. As long as nothing changed it hands out the last one again, with another time.</summary>
internal sealed class MasterViews(MasterState state)
{
    private MasterView? _last;

    // The state of the entities in the last view.
    private long _entities;

    /// <summary>All there is to see now.</summary>
    public MasterView Take(DateTimeOffset now)
    {
        var version = state.Version + state.Counted;
        if (_last is not null && _entities == state.Version)
        {
            return _last = _last.Version == version ? _last with { Taken = now } : _last with { Taken = now, Version = version, Counters = Counters() };
        }

        _entities = state.Version;
        return _last = new()
        {
            Taken = now,
            Version = version,
            Agents = Agents(),
            RecoveredAgents = [.. state.Agents.Recovered.Select(static entry => entry.AgentInfo)],
            UnreachableAgents = state.Agents.Unreachable.Count,
            Frameworks = Frameworks(),
            CompletedFrameworks = [.. state.Frameworks.Completed],
            Roles = state.Roles.View(FrameworksByRole()),
            Counters = Counters(),
        };
    }

    private ImmutableSortedDictionary<string, long> Counters() => state.Counters
        .View(state.Frameworks.Live.Select(static framework => framework.Metrics))
        .Add("allocator/mesos/allocation_runs", state.Allocator.Runs);

    private ImmutableArray<AgentView> Agents()
    {
        var agents = state.Agents.Sorted;
        var views = ImmutableArray.CreateBuilder<AgentView>(agents.Length);
        foreach (var agent in agents)
        {
            views.Add(agent.View);
        }

        return views.MoveToImmutable();
    }

    private ImmutableArray<FrameworkView> Frameworks()
    {
        var frameworks = state.Frameworks.Sorted;
        var views = ImmutableArray.CreateBuilder<FrameworkView>(frameworks.Length);
        foreach (var framework in frameworks)
        {
            views.Add(framework.View);
        }

        return views.MoveToImmutable();
    }

    // Subscribed to the role, or with something in it.
    private Dictionary<string, ImmutableArray<FrameworkId>> FrameworksByRole()
    {
        var members = new Dictionary<string, ImmutableArray<FrameworkId>.Builder>(StringComparer.Ordinal);
        foreach (var framework in state.Frameworks.Sorted)
        {
            var roles = framework.Roles.Concat(framework.Allocated.Sum.AllocationRoles).Concat(framework.Offered.Sum.AllocationRoles);
            foreach (var role in roles.Distinct(StringComparer.Ordinal))
            {
                if (!members.TryGetValue(role, out var ids))
                {
                    members.Add(role, ids = ImmutableArray.CreateBuilder<FrameworkId>());
                }

                ids.Add(framework.Id);
            }
        }

        return members.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToImmutable(), StringComparer.Ordinal);
    }
}
