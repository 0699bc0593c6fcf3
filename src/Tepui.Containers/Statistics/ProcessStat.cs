using System.Buffers.Text;
using System.Globalization;
using Tepui.Containers.Native;

namespace Tepui.Containers.Statistics;

/// <summary>One process as <c>/proc/PID/stat</c> shows it. Times are clock ticks (hundredths of a second).</summary>
/// <param name="Pid">Process id.</param>
/// <param name="State">One letter; Z is ended but not yet waited for.</param>
/// <param name="Parent">Process id of the parent.</param>
/// <param name="Group">Process group.</param>
/// <param name="Session">Session.</param>
/// <param name="UserTicks">CPU time in user mode.</param>
/// <param name="SystemTicks">CPU time in the kernel.</param>
/// <param name="ChildUserTicks">User time of children waited for.</param>
/// <param name="ChildSystemTicks">Kernel time of children waited for.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="StartTime">Start, in ticks since boot: with the pid it names a process for good.</param>
/// <param name="ResidentPages">Resident memory in pages.</param>
/// <param name="ExitCode">Raw wait status of a process in state Z, if we may see it.</param>
internal readonly record struct ProcessStat(
    int Pid, char State, int Parent, int Group, int Session, ulong UserTicks, ulong SystemTicks,
    ulong ChildUserTicks, ulong ChildSystemTicks, int Threads, ulong StartTime, long ResidentPages, int ExitCode)
{
    /// <summary>Whether the process still runs.</summary>
    public bool IsAlive => State is not ('Z' or 'X' or 'x');

    /// <summary>Reads one process; <see langword="null"/> when there is none.</summary>
    public static ProcessStat? Read(int pid)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var length = ProcFile.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"), buffer);
        return length <= 0 ? null : Parse(pid, buffer[..length]);
    }

    /// <summary>Parses the line; the name in brackets may hold anything, so fields are counted from the last bracket.</summary>
    private static ProcessStat? Parse(int pid, ReadOnlySpan<byte> line)
    {
        var bracket = line.LastIndexOf((byte)')');
        if (bracket < 0 || bracket + 2 >= line.Length)
        {
            return null;
        }

        var rest = line[(bracket + 2)..];
        var state = (char)rest[0];
        Span<long> fields = stackalloc long[50];
        var count = 0;
        rest = rest[1..];
        while (count < fields.Length && rest.Length > 0)
        {
            if (rest[0] is (byte)' ' or (byte)'\n')
            {
                rest = rest[1..];
                continue;
            }

            // Limits are printed as unsigned; nothing we read is above what a long holds.
            if (!Utf8Parser.TryParse(rest, out long value, out var used) && !(Utf8Parser.TryParse(rest, out ulong _, out used) && used > 0))
            {
                break;
            }

            fields[count++] = value;
            rest = rest[used..];
        }

        // fields[0] is the fourth of the manual page (ppid), so field n is at n - 4.
        return count < 21
            ? null
            : new ProcessStat(
                pid, state, (int)fields[0], (int)fields[1], (int)fields[2], (ulong)fields[10], (ulong)fields[11], (ulong)fields[12], (ulong)fields[13],
                (int)fields[16], (ulong)fields[18], fields[20], count > 48 ? (int)fields[48] : 0);
    }
}
