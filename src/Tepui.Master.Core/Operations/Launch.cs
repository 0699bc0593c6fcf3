using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Tasks;
using Tepui.Master.Core.Tasks.Problems;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Operations;

/// <summary>Launches tasks, each for itself: one that is refused leaves the others alone.</summary>
internal sealed class Launch : IOperation
{
    /// <inheritdoc/>
    public void Carry(Turn turn, AcceptedOffers offers, Offer.Types.Operation operation)
    {
        foreach (var task in operation.Launch?.TaskInfos ?? [])
        {
            if (operation.Id is not null)
            {
                LaunchOutcomes.Error(turn, offers.Framework, task, Reason.TaskInvalid, "Operation id cannot be set for LAUNCH: its tasks have statuses of their own");
            }
            else
            {
                Carry(turn, offers, LaunchForm.WithHealthCheckType(task));
            }
        }
    }

    /// <inheritdoc/>
    public void Refuse(Turn turn, Framework framework, Offer.Types.Operation operation, string problem)
    {
        foreach (var task in operation.Launch?.TaskInfos ?? [])
        {
            LaunchOutcomes.InvalidOffers(turn, framework, task, problem);
        }
    }

    private static void Carry(Turn turn, AcceptedOffers offers, TaskInfo task)
    {
        var (framework, agent) = (offers.Framework, offers.Agent);
        if (Problem(framework, agent, task) is { } problem)
        {
            LaunchOutcomes.Error(turn, framework, task, Reason.TaskInvalid, problem);
            return;
        }

        var executor = task.Executor is null ? null : LaunchForm.Executor(agent.Id, LaunchForm.WithOwner(task.Executor, framework), offers.Role);
        var running = executor is null ? null : agent.Executors[(framework.Id, ExecutorId.From(executor.Info.ExecutorId))];
        var resources = LaunchForm.Resources(task.Resources, offers.Role);
        var total = executor is null || running is not null ? resources : resources.Add(executor.Resources);
        problem = executor is null ? null : ExecutorProblems.Changed(running, executor.Info);
        if (problem is null && !offers.Remaining.Contains(total))
        {
            problem = $"Total resources {total} required by task and its executor is more than available {offers.Remaining}";
        }

        if (problem is not null)
        {
            LaunchOutcomes.Error(turn, framework, task, Reason.TaskInvalid, problem);
            return;
        }

        offers.Remaining = offers.Remaining.Subtract(total);
        if (executor is not null && running is null)
        {
            ExecutorBook.Add(turn, framework, agent, executor);
        }

        var full = LaunchForm.Task(task, resources, executor?.Info);
        TaskBook.Add(turn, framework, agent, new(framework.Id, TaskWire.Staging(full, framework.Info.Id), resources, turn.Now));
        turn.Tell(agent, new()
        {
            RunTask = new() { Framework = framework.Info, Task = full, LaunchExecutor = running is null },
        });
    }

    private static string? Problem(Framework framework, Agent agent, TaskInfo task) =>
        TaskProblems.Any(framework, agent, task)
        ?? (task.Command is null == task.Executor is null ? "Task should have at least one (but not both) of CommandInfo or ExecutorInfo present" : null)
        ?? (ContainerProblems.SharesCgroups(task.Container) == false ? "The 'share_cgroups' field cannot be set to 'false' on a task outside a task group" : null)
        ?? Executor(framework, task.Executor)
        ?? ResourceProblems.Overlaps(task.Executor is { } executor ? task.Resources.Concat(executor.Resources) : task.Resources);

    private static string? Executor(Framework framework, ExecutorInfo? executor)
    {
        if (executor is null)
        {
            return null;
        }

        return executor.HasType && executor.Type != ExecutorInfo.Types.Type.Custom ? "'ExecutorInfo.type' must be 'CUSTOM'"
            : executor.Command is null ? "'ExecutorInfo.command' must be set for 'CUSTOM' executor"
            : ExecutorProblems.Any(framework, LaunchForm.WithOwner(executor, framework));
    }
}
