using Tepui.Containers.Launchers.Process;
using Tepui.Containers.Statistics;

namespace Tepui.Containers.Supervisor;

/// <summary>Threads that start processes: each start waits in the kernel for the new program to be loaded, so several go on at once.</summary>
internal sealed class Spawner(ContainerTable table, Recorder recorder, Mailbox<Container> starts, Killer killer, Reaper reaper)
{
    private const string Cancelled = "The container was killed before its process was started";

    private bool _paused;

    /// <summary>Starts the threads.</summary>
    public void Start()
    {
        for (var i = 0; i < Math.Clamp(Environment.ProcessorCount, 2, 8); i++)
        {
            Threads.Start("spawner", () =>
            {
                while (true)
                {
                    Start(starts.Take());
                }
            });
        }
    }

    /// <summary>Lets starts under way end and begins no more, until <see cref="Resume"/>. The caller does not hold the gate.</summary>
    public void Pause()
    {
        lock (table.Gate)
        {
            _paused = true;
            while (table.IsStarting)
            {
                Monitor.Wait(table.Gate);
            }
        }
    }

    /// <summary>Starts may begin again.</summary>
    public void Resume()
    {
        lock (table.Gate)
        {
            _paused = false;
            Monitor.PulseAll(table.Gate);
        }
    }

    private void Start(Container container)
    {
        long ticket;
        lock (table.Gate)
        {
            while (_paused)
            {
                Monitor.Wait(table.Gate);
            }

            if (container.KillDeadline != long.MaxValue)
            {
                Fail(container, Cancelled);
                return;
            }

            container.Begin();
            ticket = table.BeginStart();
        }

        var pid = ProcessLauncher.Start(container.Launch!, out var problem);
        var startTime = pid == 0 ? 0 : ProcessStat.Read(pid)?.StartTime ?? 0;
        lock (table.Gate)
        {
            table.EndStart(container, ticket, pid, startTime);
            Monitor.PulseAll(table.Gate);
            if (pid == 0)
            {
                Fail(container, problem);
                return;
            }

            recorder.Started(container);
            if (container.Stage == ContainerStage.Ending)
            {
                // It ended before we knew its pid; the reaper may be waiting for another child by now.
                reaper.Sweep();
            }
            else if (container.KillDeadline != long.MaxValue)
            {
                killer.Started(container);
            }
        }

        reaper.Wake();
    }

    private void Fail(Container container, string problem)
    {
        container.Stage = ContainerStage.Ended;
        table.Remove(container);
        recorder.StartFailed(container.Id, problem, container.Transient);
    }
}
