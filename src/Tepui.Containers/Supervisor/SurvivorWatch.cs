using Tepui.Containers.Native;
using Tepui.Containers.Statistics;

namespace Tepui.Containers.Supervisor;

/// <summary>Follows containers that an earlier supervisor started and that are no children of this one: their exit shows on a handle, their status where the kernel keeps it.</summary>
internal sealed class SurvivorWatch(ContainerTable table, Recorder recorder, Leftovers leftovers)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts the thread if there is anything to do; it ends with the last of them.</summary>
    /// <param name="survivors">Containers that run.</param>
    /// <param name="ending">Containers whose first process is gone and whose others may not be.</param>
    public void Start(List<Container> survivors, List<Container> ending)
    {
        if (survivors.Count + ending.Count == 0)
        {
            return;
        }

        Threads.Start("survivors", () =>
        {
            foreach (var container in ending)
            {
                Finish(container);
            }

            Follow(survivors);
        });
    }

    /// <summary>Ends everything that runs of a container whose first process is gone.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool KillRest(Container container, ProcessSnapshot snapshot)
    {
        // A pid is not given out again while it names a session: if another process has it, nothing of the session is left.
        var bySession = !snapshot.Processes.TryGetValue(container.Pid, out var leader) || leader.StartTime == container.StartTime;
        var any = false;
        foreach (var process in snapshot.Processes.Values)
        {
            bool belongs;
            lock (table.Gate)
            {
                belongs = process.IsAlive && process.Pid != container.Pid && process.Pid != Environment.ProcessId && leftovers.Belongs(process, container, bySession);
            }

            if (belongs)
            {
                any = true;
                Pidfd.SignalIfSame(process, Libc.SigKill);
            }
        }

        return any;
    }

    private void Follow(List<Container> survivors)
    {
        while (survivors.Count > 0)
        {
            var entries = new Libc.PollEntry[survivors.Count];
            for (var i = 0; i < entries.Length; i++)
            {
                entries[i] = new() { Fd = survivors[i].Pidfd, Events = Libc.PollIn };
            }

            Poll(entries);
            var ended = new List<Container>();
            for (var i = entries.Length - 1; i >= 0; i--)
            {
                if (entries[i].Returned != 0)
                {
                    ended.Add(survivors[i]);
                    survivors.RemoveAt(i);
                }
            }

            foreach (var container in ended)
            {
                End(container);
            }
        }
    }

    private void End(Container container)
    {
        lock (table.Gate)
        {
            container.FirstEnded(Status(container));
            recorder.Ending(container);
        }

        Finish(container);
    }

    private void Finish(Container container)
    {
        while (KillRest(container, ProcessSnapshot.Take()))
        {
            Thread.Sleep(Retry);
        }

        lock (table.Gate)
        {
            container.Stage = ContainerStage.Ended;
            if (container.Pidfd >= 0)
            {
                _ = Libc.Close(container.Pidfd);
                container.Pidfd = -1;
            }

            recorder.Ended(container);
        }
    }

    /// <summary>As long as its new parent has not waited for it the process list has the status, later the handle, on kernels from 6.15.</summary>
    private static int? Status(Container container) =>
        ProcessStat.Read(container.Pid) is { State: 'Z' } process && process.StartTime == container.StartTime
            ? process.ExitCode
            : Pidfd.ExitStatus(container.Pidfd);

    private static unsafe void Poll(Libc.PollEntry[] entries)
    {
        fixed (Libc.PollEntry* start = entries)
        {
            _ = Libc.Poll(start, (nuint)entries.Length, -1);
        }
    }
}
