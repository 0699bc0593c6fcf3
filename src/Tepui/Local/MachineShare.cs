namespace Tepui.Local;

/// <summary>An equal share of this machine for each of several agents, so that together they offer it once.</summary>
internal static class MachineShare
{
    private const int FirstPort = 31000;
    private const int LastPort = 32000;
    private const long ReservedMb = 1024;
    private const long ReservedDiskMb = 5 * 1024;

    /// <summary>Resources of agent <paramref name="index"/> (from 0) of <paramref name="count"/>, as text.</summary>
    /// <param name="index">Which agent.</param>
    /// <param name="count">How many share the machine.</param>
    /// <param name="directory">Where sandboxes lie; its filesystem is what is shared as disk.</param>
    public static string Of(int index, int count, string directory)
    {
        var cpus = Math.Max(0.1, Math.Floor(Environment.ProcessorCount * 1000.0 / count) / 1000);
        var mem = AfterReserve(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20, ReservedMb) / count;
        var disk = AfterReserve(new DriveInfo(directory).TotalSize >> 20, ReservedDiskMb) / count;
        var ports = (LastPort - FirstPort + 1) / count;
        var first = FirstPort + (index * ports);
        return $"cpus:{cpus:0.###};mem:{Math.Max(mem, 64)};disk:{disk};ports:[{first}-{first + ports - 1}]";
    }

    /// <summary>What is left after the system's part; half where that would be little.</summary>
    private static long AfterReserve(long total, long reserve) => total >= 2 * reserve ? total - reserve : total / 2;
}
