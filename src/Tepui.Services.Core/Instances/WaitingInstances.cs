namespace Tepui.Services.Core.Instances;

/// <summary>The instances of one spec that wait for an offer, by the configuration they run, oldest wish first. Kept while instances change, so that no offer costs a walk over all of them.</summary>
public sealed class WaitingInstances
{
    private readonly SortedDictionary<DateTimeOffset, SortedSet<(DateTimeOffset Since, InstanceId Id)>> _byConfig = [];

    /// <summary>How many ever began to wait: it grows whenever there is more to launch.</summary>
    public long Arrivals { get; private set; }

    /// <summary>The configurations with waiting instances, oldest first.</summary>
    public IReadOnlyCollection<DateTimeOffset> Configs => _byConfig.Keys;

    /// <summary>How many wait for a launch of this configuration.</summary>
    public int Count(DateTimeOffset config) => _byConfig.GetValueOrDefault(config)?.Count ?? 0;

    /// <summary>The one that waits longest.</summary>
    public InstanceId? First(DateTimeOffset config) => _byConfig.TryGetValue(config, out var waiting) ? waiting.Min.Id : null;

    /// <summary>Since when the one that waits longest does.</summary>
    public DateTimeOffset? Since(DateTimeOffset config) => _byConfig.TryGetValue(config, out var waiting) ? waiting.Min.Since : null;

    /// <summary>All that wait, oldest wish first. Not to be kept over a change.</summary>
    public IEnumerable<InstanceId> Of(DateTimeOffset config) => _byConfig.TryGetValue(config, out var waiting) ? waiting.Select(entry => entry.Id) : [];

    internal void Add(Instance instance)
    {
        if (!Waits(instance))
        {
            return;
        }

        if (!_byConfig.TryGetValue(instance.ConfigVersion, out var waiting))
        {
            _byConfig[instance.ConfigVersion] = waiting = [];
        }

        waiting.Add((instance.Since, instance.Id));
        Arrivals++;
    }

    internal void Remove(Instance instance)
    {
        if (Waits(instance) && _byConfig.TryGetValue(instance.ConfigVersion, out var waiting) && waiting.Remove((instance.Since, instance.Id)) && waiting.Count == 0)
        {
            _byConfig.Remove(instance.ConfigVersion);
        }
    }

    private static bool Waits(Instance instance) => instance.Condition == Condition.Scheduled && instance.Goal == Goal.Running;
}
