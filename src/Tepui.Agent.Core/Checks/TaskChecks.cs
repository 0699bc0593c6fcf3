using Tepui.Agent.Core.Tasks;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Checks;

/// <summary>The check and the health check of one running task.</summary>
internal sealed class TaskChecks
{
    private TaskChecks()
    {
    }

    /// <summary>The check's last result: without a value before the first, unset when the task has no check.</summary>
    public CheckStatusInfo? LastCheck { get; set; }

    /// <summary>The last health that was reported, if any was.</summary>
    public bool? Healthy { get; set; }

    private CheckRun? Check { get; set; }

    private CheckRun? Health { get; set; }

    /// <summary>What a task has to show before its checks have run; <see langword="null"/> if it has none.</summary>
    public static TaskChecks? For(TaskInfo task) => task.Check is null && task.HealthCheck is null
        ? null
        : new TaskChecks { LastCheck = task.Check is { } check ? GeneralCheck.NoResult(check) : null };

    /// <summary>Starts the checks of a task that runs.</summary>
    public static void Start(Turn turn, TaskRecord task)
    {
        if (task.Checks is not { } checks || task.Kill is not null)
        {
            return;
        }

        if (task.Info.Check is { } check)
        {
            checks.Check = GeneralCheck.Start(turn, task, checks, check);
        }

        if (task.Info.HealthCheck is { } health)
        {
            checks.Health = HealthRun.Start(turn, task, checks, health);
        }
    }

    /// <summary>Stops them; a probe under way comes to nothing.</summary>
    public static void Stop(TaskRecord task)
    {
        task.Checks?.Check?.Stop();
        task.Checks?.Health?.Stop();
    }

    /// <summary>A probe ended.</summary>
    public static void Probed(Turn turn, AgentInput.Probed probed)
    {
        if (turn.State.Probes.Take(probed.Probe, out var check))
        {
            check.Probed(turn, probed.Failure is null ? probed.Result : null);
        }
    }
}
