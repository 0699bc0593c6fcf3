namespace Tepui.Services.Core.Instances;

/// <summary>The instances of one spec that run one configuration, counted and ordered by what they count for. Kept while instances change, so that nobody walks over all of them.</summary>
internal sealed class Cohort(DateTimeOffset config)
{
    private readonly SortedSet<(DateTimeOffset Since, InstanceId Id)>?[] _byStanding = new SortedSet<(DateTimeOffset, InstanceId)>?[Standings.Count];

    /// <summary>The <see cref="Instance.ConfigVersion"/> of all.</summary>
    public DateTimeOffset Config { get; } = config;

    /// <summary>How many there are, whatever they count for.</summary>
    public int Total { get; private set; }

    /// <summary>How many of the instances that were asked for there are.</summary>
    public int Wanted { get; private set; }

    /// <summary>Whether the configuration has health checks; asked for once.</summary>
    public bool? HasHealthChecks { get; set; }

    /// <summary>How many count for this.</summary>
    public int this[Standing standing] => _byStanding[(int)standing]?.Count ?? 0;

    /// <summary>Those that count for this, oldest first. Not to be kept over a change.</summary>
    public IEnumerable<InstanceId> Of(Standing standing) => _byStanding[(int)standing]?.Select(entry => entry.Id) ?? [];

    /// <summary>Those that count for this, in the order in which a spec gives them up. Not to be kept over a change.</summary>
    public IEnumerable<InstanceId> Of(Standing standing, Specs.KillSelection selection) =>
        selection == Specs.KillSelection.OldestFirst ? Of(standing) : _byStanding[(int)standing]?.Reverse().Select(entry => entry.Id) ?? [];

    internal void Add(Instance instance)
    {
        var standing = Standings.Of(instance);
        (_byStanding[(int)standing] ??= []).Add(Key(instance));
        Total++;
        Wanted += standing.IsWanted() ? 1 : 0;
    }

    internal void Remove(Instance instance)
    {
        var standing = Standings.Of(instance);
        _byStanding[(int)standing]!.Remove(Key(instance));
        Total--;
        Wanted -= standing.IsWanted() ? 1 : 0;
    }

    private static (DateTimeOffset Since, InstanceId Id) Key(Instance instance) => (instance.ActiveSince ?? instance.Since, instance.Id);
}
