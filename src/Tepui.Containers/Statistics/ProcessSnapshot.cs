using System.Globalization;

namespace Tepui.Containers.Statistics;

/// <summary>Every process of the machine at about one moment. Costs some 10 microseconds for each, so one is taken for many questions.</summary>
internal sealed class ProcessSnapshot
{
    private readonly Dictionary<int, ProcessStat> _processes;
    private readonly Dictionary<int, List<int>> _children = [];
    private readonly Dictionary<int, List<int>> _sessions = [];

    private ProcessSnapshot(Dictionary<int, ProcessStat> processes)
    {
        _processes = processes;
        foreach (var process in processes.Values)
        {
            Add(_children, process.Parent, process.Pid);
            Add(_sessions, process.Session, process.Pid);
        }
    }

    /// <summary>The processes.</summary>
    public IReadOnlyDictionary<int, ProcessStat> Processes => _processes;

    /// <summary>Reads them all.</summary>
    public static ProcessSnapshot Take()
    {
        var processes = new Dictionary<int, ProcessStat>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(directory.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && ProcessStat.Read(pid) is { } process)
            {
                processes[pid] = process;
            }
        }

        return new ProcessSnapshot(processes);
    }

    /// <summary>The process and all that descend from it or are in its session, as far as they run.</summary>
    public List<ProcessStat> Members(int leader)
    {
        var found = new List<ProcessStat>();
        var seen = new HashSet<int>();
        var open = new Stack<int>([leader]);
        foreach (var pid in _sessions.GetValueOrDefault(leader, []))
        {
            open.Push(pid);
        }

        while (open.TryPop(out var pid))
        {
            if (!seen.Add(pid))
            {
                continue;
            }

            if (_processes.TryGetValue(pid, out var process) && process.IsAlive)
            {
                found.Add(process);
            }

            foreach (var child in _children.GetValueOrDefault(pid, []))
            {
                open.Push(child);
            }
        }

        return found;
    }

    private static void Add(Dictionary<int, List<int>> groups, int key, int pid)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups[key] = group = [];
        }

        group.Add(pid);
    }
}
