using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Instances;

/// <summary>The instances of one app or pod.</summary>
public sealed class SpecInstances(PathId spec)
{
    private readonly Dictionary<InstanceId, Instance> _instances = [];
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

    internal void Put(Instance instance)
    {
        if (_instances.TryGetValue(instance.Id, out var before))
        {
            Roster.Remove(before);
        }

        Roster.Add(instance);
        _instances[instance.Id] = instance;
        _snapshot = null;
    }

    internal void Remove(InstanceId id)
    {
        if (_instances.Remove(id, out var before))
        {
            Roster.Remove(before);
        }

        _snapshot = null;
    }
}
