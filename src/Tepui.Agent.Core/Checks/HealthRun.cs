using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Protocol.V1;
using Cause = Tepui.Protocol.Checkpoints.KillEntry.Types.Cause;
using HealthType = Tepui.Protocol.V1.HealthCheck.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Checks;

/// <summary>A health check: reports health as it changes and each failure, and kills the task after enough failures in a row.</summary>
internal sealed class HealthRun(TaskRecord task, TaskChecks checks, HealthCheck info, DateTimeOffset started)
{
    private uint _failures;

    /// <summary>Starts it; one that was healthy before a restart of the agent has no second grace period.</summary>
    public static CheckRun Start(Turn turn, TaskRecord task, TaskChecks checks, HealthCheck info)
    {
        var health = new HealthRun(task, checks, info, turn.Now);
        var run = new CheckRun(task, Clock.Wait(info.IntervalSeconds), (t, id) => Probes.Plan(t, task, id, info), health.Take);
        run.Start(turn, Clock.Wait(info.DelaySeconds));
        return run;
    }

    private void Take(Turn turn, CheckStatusInfo? outcome)
    {
        if (IsHealthy(outcome))
        {
            Succeeded(turn);
        }
        else
        {
            Failed(turn);
        }
    }

    private void Succeeded(Turn turn)
    {
        _failures = 0;
        if (checks.Healthy != true)
        {
            Send(turn, healthy: true);
        }
    }

    private void Failed(Turn turn)
    {
        var grace = Clock.Wait(info.GracePeriodSeconds);
        var isStarting = checks.Healthy is null && grace > TimeSpan.Zero && turn.Now - started <= grace;
        if (isStarting)
        {
            return;
        }

        _failures++;
        Send(turn, healthy: false);
        if (_failures >= info.ConsecutiveFailures)
        {
            TaskKill.Begin(turn, task, Cause.Unhealthy);
        }
    }

    private void Send(Turn turn, bool healthy)
    {
        checks.Healthy = healthy;
        var status = Statuses.OfTask(turn, task, TaskState.TaskRunning);
        status.Reason = Reason.TaskHealthCheckStatusUpdated;
        status.Healthy = healthy;
        Report.Send(turn, task, status);
    }

    private bool IsHealthy(CheckStatusInfo? outcome) => outcome is not null && info.Type switch
    {
        HealthType.Command => outcome.Command is { HasExitCode: true, ExitCode: 0 },
        HealthType.Http => outcome.Http is { HasStatusCode: true, StatusCode: >= 200 and < 400 },
        HealthType.Tcp => outcome.Tcp is { HasSucceeded: true, Succeeded: true },
        _ => false,
    };
}
