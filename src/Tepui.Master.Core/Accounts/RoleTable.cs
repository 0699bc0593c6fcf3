using System.Collections.Immutable;
using Tepui.Master.Core.Tables;
using Tepui.Master.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Accounts;

/// <summary>Weights, and what each role has over all agents.</summary>
internal sealed class RoleTable
{
    private readonly SortedDictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tallies> _tallies = new(StringComparer.Ordinal);
    private readonly ResourceTally _pool = new();

    /// <summary>Weights that were set, by role.</summary>
    public IReadOnlyDictionary<string, double> Weights => _weights;

    /// <summary>Sets a weight.</summary>
    public void SetWeight(string role, double weight) => _weights[role] = weight;

    /// <summary>Resources came into offers (<paramref name="sign"/> 1) or left them (-1).</summary>
    public void Offered(ResourceSet resources, int sign)
    {
        foreach (var (role, part) in ByAllocation(resources))
        {
            Change(role, static tallies => tallies.Offered, part, sign);
        }
    }

    /// <summary>Resources were taken (<paramref name="sign"/> 1) or released (-1).</summary>
    public void Allocated(ResourceSet resources, int sign)
    {
        foreach (var (role, part) in ByAllocation(resources))
        {
            Change(role, static tallies => tallies.Allocated, part, sign);
        }
    }

    /// <summary>An agent with these resources joined (<paramref name="sign"/> 1) or left (-1).</summary>
    public void Pool(ResourceSet total, int sign)
    {
        Change(_pool, total, sign);
        foreach (var role in total.ReservedRoles)
        {
            Change(role, static tallies => tallies.Reserved, total.Reserved(role), sign);
        }
    }

    /// <summary>What readers see: roles with frameworks, resources or weights, and those above them.</summary>
    /// <param name="frameworks">Frameworks by role, sorted by id.</param>
    public ImmutableArray<RoleView> View(IReadOnlyDictionary<string, ImmutableArray<FrameworkId>> frameworks)
    {
        var names = new SortedSet<string>(_weights.Keys, StringComparer.Ordinal);
        names.UnionWith(frameworks.Keys);
        names.UnionWith(_tallies.Keys);
        foreach (var name in names.ToArray())
        {
            names.UnionWith(Roles.Ancestors(name));
        }

        return [.. names.Select(name => View(name, frameworks.GetValueOrDefault(name, [])))];
    }

    private RoleView View(string name, ImmutableArray<FrameworkId> frameworks)
    {
        var tallies = _tallies.GetValueOrDefault(name);
        var weight = _weights.GetValueOrDefault(name, 1.0);
        return new(
            name,
            weight,
            _weights.ContainsKey(name),
            frameworks,
            tallies?.Allocated.Sum ?? ResourceSet.Empty,
            tallies?.Offered.Sum ?? ResourceSet.Empty,
            tallies?.Reserved.Sum ?? ResourceSet.Empty,
            Share(name) / weight);
    }

    private double Share(string name)
    {
        var highest = 0.0;
        foreach (var item in _pool.Sum.Items)
        {
            var total = item.Kind == ResourceKind.Scalar ? _pool.Sum.Scalar(item.Name) : 0;
            if (total > 0)
            {
                var used = 0L;
                foreach (var (role, tallies) in _tallies)
                {
                    if (role == name || Roles.IsStrictSubrole(role, name))
                    {
                        used += tallies.Allocated.Sum.Scalar(item.Name) + tallies.Offered.Sum.Scalar(item.Name);
                    }
                }

                highest = Math.Max(highest, (double)used / total);
            }
        }

        return highest;
    }

    private static IEnumerable<(string Role, ResourceSet Part)> ByAllocation(ResourceSet resources)
    {
        var first = resources.IsEmpty ? null : resources[0].Identity.AllocationRole;
        foreach (var item in resources.Items)
        {
            if (item.Identity.AllocationRole != first)
            {
                return resources.AllocationRoles.Select(role => (role, resources.Filter(i => i.Identity.AllocationRole == role)));
            }
        }

        return first is null ? [] : [(first, resources)];
    }

    private static void Change(ResourceTally tally, ResourceSet resources, int sign)
    {
        if (sign > 0)
        {
            tally.Add(resources);
        }
        else
        {
            tally.Remove(resources);
        }
    }

    // A role nobody has anything of is forgotten: frameworks may come with ever new names.
    private void Change(string role, Func<Tallies, ResourceTally> which, ResourceSet resources, int sign)
    {
        if (!_tallies.TryGetValue(role, out var tallies))
        {
            _tallies.Add(role, tallies = new());
        }

        Change(which(tallies), resources, sign);
        if (sign < 0 && tallies.IsEmpty)
        {
            _tallies.Remove(role);
        }
    }

    private sealed class Tallies
    {
        public ResourceTally Allocated { get; } = new();

        public ResourceTally Offered { get; } = new();

        public ResourceTally Reserved { get; } = new();

        public bool IsEmpty => Allocated.IsEmpty && Offered.IsEmpty && Reserved.IsEmpty;
    }
}
