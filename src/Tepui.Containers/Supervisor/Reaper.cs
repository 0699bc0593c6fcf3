using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using Tepui.Containers.Native;

namespace Tepui.Containers.Supervisor;

/// <summary>Waits for all our children: containers' first processes, and whatever outlived its parent, for we are the subreaper of everything we started. When a first process is gone, the rest of its container is ended too.</summary>
internal sealed unsafe class Reaper(ContainerTable table, Recorder recorder, Leftovers leftovers)
{
    private static readonly string ChildrenFile = string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{Environment.ProcessId}/children");

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    private readonly object _wake = new();
    private readonly HashSet<Container> _noted = [];
    private bool _isWoken;

    /// <summary>Starts the thread.</summary>
    public void Start() => Threads.Start("reaper", Run);

    /// <summary>There may be children, or containers that are ending.</summary>
    public void Wake()
    {
        lock (_wake)
        {
            _isWoken = true;
            Monitor.Pulse(_wake);
        }
    }

    private void Run()
    {
        while (true)
        {
            var reaped = ReapOne(Libc.WExited | Libc.WNoWait);
            while (reaped && ReapOne(Libc.WExited | Libc.WNoWait | Libc.WNoHang))
            {
                // As many as have ended by now are looked at together.
            }

            var waiting = Sweep();
            if (!reaped)
            {
                WaitForChildren(waiting);
            }
        }
    }

    /// <summary>There are no children: sleeps until one is started.</summary>
    private void WaitForChildren(bool isWaiting)
    {
        lock (_wake)
        {
            if (!_isWoken)
            {
                Monitor.Wait(_wake, isWaiting ? Again : Timeout.InfiniteTimeSpan);
            }

            _isWoken = false;
        }
    }

    /// <summary>Waits for a child to end and reaps it.</summary>
    /// <returns>Whether one was reaped; <see langword="false"/> when there are no children, or none has ended and we were not to wait.</returns>
    private bool ReapOne(int options)
    {
        Libc.SignalInfo info = default;
        while (Libc.WaitId(Libc.WaitAll, 0, &info, options, null) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.ErrInterrupted)
            {
                return false;
            }
        }

        if (info.Pid == 0)
        {
            return false;
        }

        // While the child is not reaped its pid, and the group named by it, cannot come to mean anything else.
        lock (table.Gate)
        {
            if (table.OfChild(info.Pid) is not null)
            {
                _ = Libc.Kill(-info.Pid, Libc.SigKill);
            }

            Libc.SignalInfo again = default;
            _ = Libc.WaitId(Libc.WaitPid, (uint)info.Pid, &again, Libc.WExited | Libc.WNoHang, null);
            table.Reaped(info.Pid, RawStatus(info));
            leftovers.Reaped(info.Pid);
        }

        return true;
    }

    /// <summary>Looks for processes that ended containers left behind, ends them, and reports the containers that left none.</summary>
    /// <returns>Whether some are still to be waited for.</returns>
    public bool Sweep()
    {
        lock (table.Gate)
        {
            if (table.Ending.Count == 0)
            {
                return false;
            }

            var orphans = Orphans();
            for (var i = table.Ending.Count - 1; i >= 0; i--)
            {
                var container = table.Ending[i];
                if (orphans.Count > 0 && leftovers.Kill(container, orphans))
                {
                    if (_noted.Add(container))
                    {
                        recorder.Ending(container);
                    }

                    continue;
                }

                _noted.Remove(container);
                table.Ending.RemoveAt(i);
                container.Stage = ContainerStage.Ended;
                recorder.Ended(container);
            }

            return table.Ending.Count > 0;
        }
    }

    /// <summary>Our children that are not the first process of a container. The kernel hands orphans to the main thread, and those that other threads started are known.</summary>
    private List<int> Orphans()
    {
        var orphans = new List<int>();
        ReadOnlySpan<byte> rest = ProcFile.ReadAll(ChildrenFile);
        while (rest.Length > 0)
        {
            if (Utf8Parser.TryParse(rest, out int pid, out var used) && used > 0)
            {
                if (table.OfChild(pid) is null)
                {
                    orphans.Add(pid);
                }

                rest = rest[used..];
            }
            else
            {
                rest = rest[1..];
            }
        }

        return orphans;
    }

    private static int RawStatus(Libc.SignalInfo info) => info.Code switch
    {
        1 => (info.Status & 0xFF) << 8,
        3 => info.Status | 0x80,
        _ => info.Status,
    };
}
