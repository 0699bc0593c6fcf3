using Tepui.Containers.Native;
using Tepui.Containers.Statistics;

namespace Tepui.Containers.Supervisor;

/// <summary>Ends containers: SIGTERM to everything of it, SIGKILL when the grace is over, again until it is gone.</summary>
internal sealed class Killer(ContainerTable table, Recorder recorder)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Mailbox<Container> _asked = new();
    private readonly PriorityQueue<Container, long> _due = new();

    /// <summary>Milliseconds since boot.</summary>
    private static long Now => Environment.TickCount64;

    /// <summary>Starts the thread.</summary>
    public void Start() => Threads.Start("killer", Run);

    /// <summary>Wants a container ended. Shortens an earlier wish; never lengthens it.</summary>
    public void Kill(string id, long graceMs)
    {
        lock (table.Gate)
        {
            var deadline = Now + graceMs;
            if (!table.Containers.TryGetValue(id, out var container)
                || container.Stage is ContainerStage.Ending or ContainerStage.Ended
                || container.KillDeadline <= deadline)
            {
                return;
            }

            container.KillDeadline = deadline;
            if (container.Stage == ContainerStage.Running)
            {
                Started(container);
            }
        }
    }

    /// <summary>A container that is wanted ended runs now. The caller holds the gate.</summary>
    public void Started(Container container)
    {
        recorder.Killing(container);
        _asked.Post(container);
    }

    private void Run()
    {
        var asked = new List<Container>();
        var late = new List<Container>();
        while (true)
        {
            var wait = _due.TryPeek(out _, out var next) ? TimeSpan.FromMilliseconds(Math.Clamp(next - Now, 0, int.MaxValue)) : Timeout.InfiniteTimeSpan;
            _asked.TakeAll(asked, wait);
            while (_due.TryPeek(out var container, out var due) && due <= Now)
            {
                _due.Dequeue();
                late.Add(container);
            }

            if (asked.Count + late.Count > 0)
            {
                Signal(asked, late, ProcessSnapshot.Take());
            }

            asked.Clear();
            late.Clear();
        }
    }

    private void Signal(List<Container> asked, List<Container> late, ProcessSnapshot snapshot)
    {
        foreach (var container in asked)
        {
            if (Signal(container, Libc.SigTerm, snapshot))
            {
                _due.Enqueue(container, container.KillDeadline);
            }
        }

        foreach (var container in late)
        {
            if (Signal(container, Libc.SigKill, snapshot))
            {
                _due.Enqueue(container, Now + (long)Again.TotalMilliseconds);
            }
        }
    }

    /// <summary>Signals everything of a container.</summary>
    /// <returns>Whether it still runs.</returns>
    private bool Signal(Container container, int signal, ProcessSnapshot snapshot)
    {
        lock (table.Gate)
        {
            if (container.Stage != ContainerStage.Running)
            {
                return false;
            }

            // First those that left the group, while their parents still show whose they are.
            foreach (var member in snapshot.Members(container.Pid))
            {
                if (member.Group != container.Pid)
                {
                    Pidfd.SignalIfSame(member, signal);
                }
            }

            if (container.Pidfd < 0 || !Pidfd.HasExited(container.Pidfd))
            {
                _ = Libc.Kill(-container.Pid, signal);
            }
        }

        return true;
    }
}
