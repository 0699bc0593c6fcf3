namespace Tepui.Services.Core.Instances;

/// <summary>The instances of one spec by configuration.</summary>
internal sealed class Roster
{
    private readonly SortedDictionary<DateTimeOffset, Cohort> _cohorts = [];

    /// <summary>One per configuration that has instances, oldest first. Not to be kept over a change.</summary>
    public IReadOnlyCollection<Cohort> Cohorts => _cohorts.Values;

    /// <summary>The instances of one configuration, if there are any.</summary>
    public Cohort? Of(DateTimeOffset config) => _cohorts.GetValueOrDefault(config);

    /// <summary>How many of the instances that were asked for there are.</summary>
    public int Wanted
    {
        get
        {
            var wanted = 0;
            foreach (var cohort in _cohorts.Values)
            {
                wanted += cohort.Wanted;
            }

            return wanted;
        }
    }

    /// <summary>How many instances of all configurations count for this.</summary>
    public int this[Standing standing]
    {
        get
        {
            var count = 0;
            foreach (var cohort in _cohorts.Values)
            {
                count += cohort[standing];
            }

            return count;
        }
    }

    /// <summary>Whether instances that were asked for run another configuration than this.</summary>
    public bool HasOutdated(DateTimeOffset config)
    {
        foreach (var cohort in _cohorts.Values)
        {
            if (cohort.Config != config && cohort.Wanted > 0)
            {
                return true;
            }
        }

        return false;
    }

    internal void Add(Instance instance)
    {
        if (!_cohorts.TryGetValue(instance.ConfigVersion, out var cohort))
        {
            _cohorts[instance.ConfigVersion] = cohort = new(instance.ConfigVersion);
        }

        cohort.Add(instance);
    }

    internal void Remove(Instance instance)
    {
        var cohort = _cohorts[instance.ConfigVersion];
        cohort.Remove(instance);
        if (cohort.Total == 0)
        {
            _cohorts.Remove(instance.ConfigVersion);
        }
    }
}
