using Tepui.Containers.Native;
using Tepui.Containers.Statistics;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Supervisor;

/// <summary>Rebuilds the table from the log of the supervisor before: the same process before an upgrade, or one that is gone.</summary>
internal static class Recovery
{
    /// <summary>Replays the entries, then compares with the processes there are.</summary>
    /// <param name="table">Filled.</param>
    /// <param name="records">What the log says.</param>
    /// <param name="bootId">Boot that runs now; the processes of another one are gone.</param>
    /// <param name="survivors">Gets the containers that run and are not our children.</param>
    /// <param name="ending">Gets the containers whose first process is gone and whose others may not be.</param>
    public static void Recover(ContainerTable table, IEnumerable<SupervisorRecord> records, string bootId, List<Container> survivors, List<Container> ending)
    {
        var isSameBoot = Replay(table, records, bootId);
        lock (table.Gate)
        {
            foreach (var container in table.Containers.Values.ToList())
            {
                if (container.Stage is ContainerStage.Running or ContainerStage.Queued)
                {
                    Compare(table, container, isSameBoot, survivors);
                }

                container.Recorded = container.Stage;
                if (container.Stage == ContainerStage.Ending)
                {
                    container.Recorded = ContainerStage.Running;
                    ending.Add(container);
                }
            }
        }
    }

    private static bool Replay(ContainerTable table, IEnumerable<SupervisorRecord> records, string bootId)
    {
        var isSameBoot = true;
        foreach (var record in records)
        {
            if (record.MessageCase == SupervisorRecord.MessageOneofCase.Boot)
            {
                isSameBoot = record.Boot.BootId == bootId;
            }
            else
            {
                Apply(table, record);
            }
        }

        return isSameBoot;
    }

    /// <summary>Entries may repeat what an earlier one said: the log is written anew from a table that is ahead of what is being appended.</summary>
    private static void Apply(ContainerTable table, SupervisorRecord record)
    {
        switch (record.MessageCase)
        {
            case SupervisorRecord.MessageOneofCase.Launching:
                table.Add(new Container(record.Launching.Id, record.Launching.Directory));
                break;
            case SupervisorRecord.MessageOneofCase.Launched when Find(table, record.Launched.Id, record.Launched.Directory) is { Stage: ContainerStage.Queued or ContainerStage.Running } container:
                container.Pid = (int)record.Launched.Pid;
                container.StartTime = record.Launched.StartTime;
                container.Stage = ContainerStage.Running;
                break;
            case SupervisorRecord.MessageOneofCase.Killing when table.Containers.TryGetValue(record.Killing.Id, out var container):
                container.KillDeadline = (long)record.Killing.DeadlineMs;
                break;
            case SupervisorRecord.MessageOneofCase.Ended when Find(table, record.Ended.Id, record.Ended.Directory) is { Stage: not ContainerStage.Ended } container:
                container.Pid = (int)record.Ended.Pid;
                container.WaitStatus = record.Ended.HasWaitStatus ? record.Ended.WaitStatus : null;
                container.EndedMs = record.Ended.HasEndedMs ? record.Ended.EndedMs : null;
                container.Stage = record.Ended.Leftovers ? ContainerStage.Ending : ContainerStage.Ended;
                break;
            case SupervisorRecord.MessageOneofCase.Forgotten when table.Containers.TryGetValue(record.Forgotten.Id, out var container):
                table.Remove(container);
                break;
        }
    }

    private static Container Find(ContainerTable table, string id, string directory)
    {
        table.Add(new Container(id, directory));
        return table.Containers[id];
    }

    private static void Compare(ContainerTable table, Container container, bool isSameBoot, List<Container> survivors)
    {
        var process = !isSameBoot ? null
            : container.Stage == ContainerStage.Running ? ProcessStat.Read(container.Pid)
            : Search(container);
        if (process is not { } found || (container.Stage == ContainerStage.Running && found.StartTime != container.StartTime))
        {
            if (container.Stage == ContainerStage.Queued)
            {
                // It was never started; the agent asks again if it still wants it.
                table.Remove(container);
            }
            else
            {
                container.Stage = isSameBoot ? ContainerStage.Ending : ContainerStage.Ended;
            }

            return;
        }

        container.Pid = found.Pid;
        container.StartTime = found.StartTime;
        if (found.Parent == Environment.ProcessId)
        {
            table.Adopt(container);
        }
        else if (Pidfd.Open(found.Pid) is >= 0 and var handle && ProcessStat.Read(found.Pid)?.StartTime == found.StartTime)
        {
            container.Pidfd = handle;
            container.Stage = ContainerStage.Running;
            survivors.Add(container);
        }
        else
        {
            container.Stage = ContainerStage.Ending;
        }
    }

    /// <summary>The supervisor before was about to start it and may have: then a session's leader carries the sandbox in its environment.</summary>
    private static ProcessStat? Search(Container container)
    {
        foreach (var process in ProcessSnapshot.Take().Processes.Values)
        {
            if (process.Pid == process.Session && process.IsAlive && Leftovers.Carries(process.Pid, container.Directory))
            {
                return process;
            }
        }

        return null;
    }
}
