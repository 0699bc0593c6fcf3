namespace Tepui.Jobs.Core.Launching;

/// <summary>What a run takes, or an agent offers, in thousandths.</summary>
/// <param name="Cpus">Cores.</param>
/// <param name="Mem">MB of memory.</param>
/// <param name="Disk">MB of disk.</param>
internal readonly record struct Amounts(long Cpus, long Mem, long Disk)
{
    /// <summary>Whether the other is not larger in any of the three.</summary>
    public bool Holds(Amounts other) => other.Cpus <= Cpus && other.Mem <= Mem && other.Disk <= Disk;

    /// <summary>How often the other fits in, at most <paramref name="most"/> times.</summary>
    public long Times(Amounts other, long most)
    {
        var times = most;
        times = other.Cpus > 0 ? Math.Min(times, Cpus / other.Cpus) : times;
        times = other.Mem > 0 ? Math.Min(times, Mem / other.Mem) : times;
        return other.Disk > 0 ? Math.Min(times, Disk / other.Disk) : times;
    }

    /// <summary>What is left without the other, so many times; it must hold that.</summary>
    public Amounts Without(Amounts other, long times = 1) => new(Cpus - (other.Cpus * times), Mem - (other.Mem * times), Disk - (other.Disk * times));
}
