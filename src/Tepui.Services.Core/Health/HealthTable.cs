using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Health;

/// <summary>Results of health and readiness checks.</summary>
internal sealed class HealthTable
{
    private readonly Dictionary<InstanceId, InstanceHealth> _instances = [];
    private readonly Dictionary<(PathId Spec, DateTimeOffset Version), int> _versions = [];
    private readonly Dictionary<PathId, int> _specs = [];
    private readonly Dictionary<InstanceId, ReadinessResult> _readiness = [];

    /// <summary>Instances with health checks.</summary>
    public int Count => _instances.Count;

    /// <summary>Them.</summary>
    public IEnumerable<InstanceId> Instances => _instances.Keys;

    /// <summary>Apps and pods with such instances.</summary>
    public int SpecCount => _specs.Count;

    /// <summary>Instances whose readiness is checked now.</summary>
    public HashSet<InstanceId> Probed { get; } = [];

    /// <summary>Instances that run and have to go on for a while before they count as ready.</summary>
    public HashSet<InstanceId> Settling { get; } = [];

    /// <summary>Results of all instances that have any.</summary>
    public IReadOnlyDictionary<InstanceId, IReadOnlyList<HealthResult>> Snapshot =>
        _instances.Values.Where(health => health.Results.Count > 0).ToDictionary(health => health.Instance, health => health.Results);

    /// <summary>What is known of an instance with health checks.</summary>
    public InstanceHealth? Find(InstanceId instance) => _instances.GetValueOrDefault(instance);

    /// <summary>Puts an instance; tells whether it is the first of its version with checks.</summary>
    public bool Add(InstanceHealth health)
    {
        _instances.Add(health.Instance, health);
        _specs[health.Spec] = _specs.GetValueOrDefault(health.Spec) + 1;
        var key = (health.Spec, health.Version);
        return (_versions[key] = _versions.GetValueOrDefault(key) + 1) == 1;
    }

    /// <summary>Forgets an instance; tells whether it was the last of its version with checks.</summary>
    public bool Remove(InstanceHealth health)
    {
        _instances.Remove(health.Instance);
        if (--_specs[health.Spec] == 0)
        {
            _specs.Remove(health.Spec);
        }

        var key = (health.Spec, health.Version);
        if (--_versions[key] > 0)
        {
            return false;
        }

        _versions.Remove(key);
        return true;
    }

    /// <summary>The last readiness result of an instance.</summary>
    public ReadinessResult? Readiness(InstanceId instance) => _readiness.GetValueOrDefault(instance);

    /// <summary>Keeps a readiness result, or forgets it.</summary>
    public void SetReadiness(InstanceId instance, ReadinessResult? result)
    {
        if (result is null)
        {
            _readiness.Remove(instance);
        }
        else
        {
            _readiness[instance] = result;
        }
    }
}
