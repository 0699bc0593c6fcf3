using System.Globalization;

namespace Tepui.Runtime.Info;

/// <summary>Load and memory of the machine, from <c>/proc</c>.</summary>
/// <param name="Load1">Load average over one minute.</param>
/// <param name="Load5">Over five minutes.</param>
/// <param name="Load15">Over fifteen minutes.</param>
/// <param name="Cpus">Processors.</param>
/// <param name="MemoryTotal">Memory in bytes.</param>
/// <param name="MemoryFree">Memory nobody uses, in bytes (without caches).</param>
public sealed record SystemStats(double Load1, double Load5, double Load15, int Cpus, long MemoryTotal, long MemoryFree)
{
    /// <summary>Reads them now; zeros where the machine does not tell.</summary>
    public static SystemStats Read()
    {
        var load = Words("/proc/loadavg", 3);
        var memory = Memory();
        return new SystemStats(Number(load, 0), Number(load, 1), Number(load, 2), Environment.ProcessorCount, memory.Total, memory.Free);
    }

    private static (long Total, long Free) Memory()
    {
        long total = 0;
        long free = 0;
        try
        {
            foreach (var line in File.ReadLines("/proc/meminfo"))
            {
                if (line.StartsWith("MemTotal:", StringComparison.Ordinal))
                {
                    total = Kilobytes(line);
                }
                else if (line.StartsWith("MemFree:", StringComparison.Ordinal))
                {
                    free = Kilobytes(line);
                    break;
                }
            }
        }
        catch (IOException)
        {
            // No /proc: the machine does not tell.
        }

        return (total, free);
    }

    private static long Kilobytes(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : 0;
    }

    private static string[] Words(string path, int count)
    {
        try
        {
            return File.ReadAllText(path).Split(' ', count + 1);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static double Number(string[] words, int index) =>
        index < words.Length && double.TryParse(words[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
