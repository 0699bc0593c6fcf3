using Google.Protobuf;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Protocol.V1;
using CheckType = Tepui.Protocol.V1.CheckInfo.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Checks;

/// <summary>A check that only reports: each change of its result is an update, and it never kills.</summary>
internal static class GeneralCheck
{
    public static CheckRun Start(Turn turn, TaskRecord task, TaskChecks checks, CheckInfo info)
    {
        var run = new CheckRun(
            task,
            Clock.Wait(info.IntervalSeconds),
            (t, id) => Probes.Plan(t, task, id, info),
            (t, outcome) => Take(t, task, checks, outcome ?? NoResult(info)));
        run.Start(turn, Clock.Wait(info.DelaySeconds));
        return run;
    }

    /// <summary>The status of a check that has no result yet, or none any more.</summary>
    public static CheckStatusInfo NoResult(CheckInfo info) => info.Type switch
    {
        CheckType.Command => new() { Type = CheckType.Command, Command = new() },
        CheckType.Http => new() { Type = CheckType.Http, Http = new() },
        CheckType.Tcp => new() { Type = CheckType.Tcp, Tcp = new() },
        _ => new() { Type = CheckType.Unknown },
    };

    private static void Take(Turn turn, TaskRecord task, TaskChecks checks, CheckStatusInfo outcome)
    {
        // Bytes tell an exit code of 0 from none; the messages' own comparison does not.
        if (checks.LastCheck is { } last && outcome.ToByteString().Equals(last.ToByteString()))
        {
            return;
        }

        checks.LastCheck = outcome;
        var status = Statuses.OfTask(turn, task, TaskState.TaskRunning);
        status.Reason = Reason.TaskCheckStatusUpdated;
        if (checks.Healthy is { } healthy)
        {
            status.Healthy = healthy;
        }

        Report.Send(turn, task, status);
    }
}
