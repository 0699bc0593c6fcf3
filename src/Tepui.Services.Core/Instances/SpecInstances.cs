using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Instances;

/// <summary>The instances of one app or pod.</summary>
public sealed class SpecInstances(PathId spec)
{
    private readonly Dictionary<InstanceId, Instance> _instances = [];
    private readonly Dictionary<DateTimeOffset, PlacementCounts> _placements = [];
    private IReadOnlyList<Instance>? _snapshot;

    /// <summary>Whose.</summary>
    public PathId Spec { get; } = spec;

    /// <summary>How many there are, in whatever condition.</summary>
    public int Count => _instances.Count;

    /// <summary>All, in no order. Not to be kept over a change.</summary>
    public IReadOnlyCollection<Instance> All => _instances.Values;

    /// <summary>All by id, for readers; the same list until something changes.</summary>
    public IReadOnlyList<Instance> Snapshot => _snapshot ??= [.. _instances.Values.OrderBy(instance => instance.Id)];

    /// <summary>Counts by configuration.</summary>
    internal Roster Roster { get; } = new();

    /// <summary>Those that wait for an offer.</summary>
    public WaitingInstances Waiting { get; } = new();

    /// <summary>Where the instances of a configuration are, as constraints count them: those of other configurations are about to be replaced and bind nobody.</summary>
    internal PlacementCounts Placement(DateTimeOffset config)
    {
        if (!_placements.TryGetValue(config, out var counts))
        {
            _placements[config] = counts = new(() => _instances.Values.Where(instance => instance.ConfigVersion == config && instance.HasPlace));
        }

        return counts;
    }

    internal void Put(Instance instance)
    {
        if (_instances.TryGetValue(instance.Id, out var before))
        {
            Roster.Remove(before);
            Waiting.Remove(before);
        }

        Roster.Add(instance);
        _instances[instance.Id] = instance;
        Waiting.Add(instance);
        Move(before, instance);
        _snapshot = null;
    }

    internal void Remove(InstanceId id)
    {
        if (_instances.Remove(id, out var before))
        {
            Roster.Remove(before);
            Waiting.Remove(before);
            Move(before, null);
            if (_instances.Count == 0)
            {
                _placements.Clear();
            }
        }

        _snapshot = null;
    }

    private void Move(Instance? before, Instance? after)
    {
        var (from, to) = (before is { HasPlace: true } ? before : null, after is { HasPlace: true } ? after : null);
        if (ReferenceEquals(from?.Host, to?.Host) && from?.ConfigVersion == to?.ConfigVersion)
        {
            return;
        }

        if (from is not null)
        {
            _placements.GetValueOrDefault(from.ConfigVersion)?.Remove(from.Host!);
        }

        if (to is not null)
        {
            _placements.GetValueOrDefault(to.ConfigVersion)?.Add(to.Host!);
        }
    }
}
