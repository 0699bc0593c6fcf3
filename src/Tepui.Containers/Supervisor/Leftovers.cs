using System.Globalization;
using System.Text;
using Tepui.Containers.Native;
using Tepui.Containers.Statistics;

namespace Tepui.Containers.Supervisor;

/// <summary>Finds out to which container a process belongs whose parent is gone: by its session or group, else, for those that made a session of their own, by the sandbox's path in their environment.</summary>
/// <remarks>A process that leaves its session and clears its environment after its parents are gone cannot be told from others without control groups.</remarks>
internal sealed class Leftovers(ContainerTable table)
{
    private readonly Dictionary<int, string> _owners = [];

    /// <summary>A child was reaped: its pid may come to mean another process.</summary>
    public void Reaped(int pid) => _owners.Remove(pid);

    /// <summary>Ends those of our orphans that belong to the container. The caller holds the gate, under which their pids are good.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Kill(Container container, List<int> orphans)
    {
        var any = false;
        foreach (var pid in orphans)
        {
            if (Belongs(pid, container))
            {
                any = true;
                _ = Libc.Kill(pid, Libc.SigKill);
            }
        }

        return any;
    }

    /// <summary>Whether a process belongs to the container.</summary>
    /// <param name="process">The process.</param>
    /// <param name="container">The container.</param>
    /// <param name="bySession">Whether the container's pid still names its session; no longer once another process has that pid.</param>
    public bool Belongs(in ProcessStat process, Container container, bool bySession = true)
    {
        if (bySession && (process.Session == container.Pid || process.Group == container.Pid))
        {
            return true;
        }

        return !container.Transient && Carries(process.Pid, container.Directory) && !IsShared(container);
    }

    /// <summary>Whether the process was started with the text in its environment, as a path or the beginning of one.</summary>
    public static bool Carries(int pid, string directory)
    {
        ReadOnlySpan<byte> environment = ProcFile.ReadAll(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ"));
        var sought = Encoding.UTF8.GetBytes(directory);
        while (sought.Length > 0 && environment.IndexOf(sought) is >= 0 and var at)
        {
            environment = environment[(at + sought.Length)..];
            if (environment.Length == 0 || environment[0] is 0 or (byte)'/' or (byte)':')
            {
                return true;
            }
        }

        return false;
    }

    private bool Belongs(int pid, Container container)
    {
        if (_owners.TryGetValue(pid, out var owner))
        {
            return owner == container.Id;
        }

        if (ProcessStat.Read(pid) is not { } process || !Belongs(process, container))
        {
            return false;
        }

        _owners[pid] = container.Id;
        return true;
    }

    private bool IsShared(Container container) => table.Containers.Values.Any(other =>
        other != container && !other.Transient && other.Stage is not (ContainerStage.Ended or ContainerStage.Ending) && other.Directory == container.Directory);
}
