using System.Buffers.Binary;
using Tepui.Containers.Statistics;

namespace Tepui.Containers.Native;

/// <summary>Handles on processes that are not our children: they tell of the exit and never come to mean another process.</summary>
internal static unsafe class Pidfd
{
    private const nint OpenCall = 434;
    private const nint SendSignalCall = 424;
    private const int InfoSize = 64;
    private const ulong InfoExit = 1 << 3;
    private const nuint GetInfo = (3u << 30) | (InfoSize << 16) | (0xFFu << 8) | 11;

    /// <summary>A handle, or -1 when there is no such process.</summary>
    public static int Open(int pid) => (int)Libc.Syscall(OpenCall, pid, 0, 0, 0);

    /// <summary>Sends a signal; <see langword="false"/> when the process is gone or may not be signalled.</summary>
    public static bool Signal(int fd, int signal) => Libc.Syscall(SendSignalCall, fd, signal, 0, 0) == 0;

    /// <summary>Signals the process that was seen, and no other that has its pid by now: a handle is opened first, the start time compared after.</summary>
    public static void SignalIfSame(in ProcessStat seen, int signal)
    {
        var fd = Open(seen.Pid);
        if (fd < 0)
        {
            return;
        }

        if (ProcessStat.Read(seen.Pid) is { } now && now.StartTime == seen.StartTime)
        {
            Signal(fd, signal);
        }

        _ = Libc.Close(fd);
    }

    /// <summary>Whether the process has ended.</summary>
    public static bool HasExited(int fd)
    {
        var entry = new Libc.PollEntry { Fd = fd, Events = Libc.PollIn };
        return Libc.Poll(&entry, 1, 0) > 0;
    }

    /// <summary>Raw wait status of an ended process that its parent has reaped; <see langword="null"/> on kernels that do not keep it, or while it is not reaped.</summary>
    public static int? ExitStatus(int fd)
    {
        Span<byte> info = stackalloc byte[InfoSize];
        info.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(info, InfoExit);
        fixed (byte* start = info)
        {
            if (Libc.Ioctl(fd, GetInfo, start) != 0)
            {
                return null;
            }
        }

        return (BinaryPrimitives.ReadUInt64LittleEndian(info) & InfoExit) != 0
            ? BinaryPrimitives.ReadInt32LittleEndian(info[60..])
            : null;
    }
}
