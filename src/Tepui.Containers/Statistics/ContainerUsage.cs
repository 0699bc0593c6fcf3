using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Environment = System.Environment;

namespace Tepui.Containers.Statistics;

/// <summary>What containers use, from the list of processes. One look at it, kept for a moment, answers for all containers.</summary>
internal sealed class ContainerUsage(TimeProvider time)
{
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private ProcessSnapshot? _snapshot;
    private long _taken;
    private double _cpuSeconds;
    private long _sampled;

    /// <summary>One container, by its first process; <see langword="null"/> when that is gone.</summary>
    public ResourceStatistics? Of(int leader)
    {
        var members = Snapshot().Members(leader);
        if (members.Count == 0)
        {
            return null;
        }

        ulong user = 0, system = 0;
        long pages = 0;
        var threads = 0;
        foreach (var process in members)
        {
            user += process.UserTicks + process.ChildUserTicks;
            system += process.SystemTicks + process.ChildSystemTicks;
            pages += process.ResidentPages;
            threads += process.Threads;
        }

        var bytes = (ulong)(pages * Environment.SystemPageSize);
        return new ResourceStatistics
        {
            Timestamp = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0,
            Processes = (uint)members.Count,
            Threads = (uint)threads,
            CpusUserTimeSecs = user / TicksPerSecond,
            CpusSystemTimeSecs = system / TicksPerSecond,
            MemRssBytes = bytes,
            MemTotalBytes = bytes,
        };
    }

    /// <summary>All containers together: cores busy since the last call, and resident memory.</summary>
    /// <param name="leaders">First processes of those that run.</param>
    /// <param name="supervisor">The supervisor, whose waited-for children are the containers that ended.</param>
    /// <param name="diskBytes">Sandboxes on disk.</param>
    public AgentFrame.Types.Usage Sample(IEnumerable<int> leaders, int supervisor, ulong diskBytes)
    {
        var snapshot = Snapshot();
        ulong ticks = 0;
        long pages = 0;
        if (snapshot.Processes.TryGetValue(supervisor, out var parent))
        {
            ticks += parent.ChildUserTicks + parent.ChildSystemTicks;
        }

        foreach (var leader in leaders)
        {
            foreach (var process in snapshot.Members(leader))
            {
                ticks += process.UserTicks + process.SystemTicks + process.ChildUserTicks + process.ChildSystemTicks;
                pages += process.ResidentPages;
            }
        }

        return new()
        {
            Cpus = Busy(ticks / TicksPerSecond),
            MemBytes = (ulong)(pages * Environment.SystemPageSize),
            DiskBytes = diskBytes,
        };
    }

    private double Busy(double cpuSeconds)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var elapsed = _sampled == 0 ? 0 : time.GetElapsedTime(_sampled, now).TotalSeconds;
            var busy = elapsed <= 0 ? 0 : Math.Clamp((cpuSeconds - _cpuSeconds) / elapsed, 0, Environment.ProcessorCount);
            (_cpuSeconds, _sampled) = (cpuSeconds, now);
            return busy;
        }
    }

    private ProcessSnapshot Snapshot()
    {
        lock (_gate)
        {
            if (_snapshot is null || time.GetElapsedTime(_taken) > KeptFor)
            {
                _snapshot = ProcessSnapshot.Take();
                _taken = time.GetTimestamp();
            }

            return _snapshot;
        }
    }
}
