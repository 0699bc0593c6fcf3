using Google.Protobuf.Collections;
using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Tasks;
using Tepui.Master.Core.Tasks.Problems;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Operations;

/// <summary>Launches a group of tasks under one executor: all of them, or none.</summary>
internal sealed class LaunchGroup : IOperation
{
    /// <inheritdoc/>
    public void Carry(Turn turn, AcceptedOffers offers, Offer.Types.Operation operation)
    {
        var (framework, agent) = (offers.Framework, offers.Agent);
        var tasks = Tasks(operation);
        if (tasks.Count == 0)
        {
            return;
        }

        var given = operation.LaunchGroup.Executor;
        var problem = operation.Id is not null ? "Operation id cannot be set for LAUNCH_GROUP: its tasks have statuses of their own"
            : given is null ? "Task group must have an executor"
            : GroupProblems.Any(framework, agent, given, tasks) ?? ResourceProblems.Overlaps(tasks.SelectMany(static task => task.Resources).Concat(given.Resources));
        if (problem is not null)
        {
            Fail(turn, framework, tasks, problem);
            return;
        }

        var executor = LaunchForm.Executor(agent.Id, given!, offers.Role);
        var running = agent.Executors[(framework.Id, ExecutorId.From(executor.Info.ExecutorId))];
        var resources = tasks.Select(task => LaunchForm.Resources(task.Resources, offers.Role)).ToArray();
        var total = ResourceSet.Sum(running is null ? [.. resources, executor.Resources] : resources);
        problem = ExecutorProblems.Changed(running, executor.Info);
        if (problem is null && !offers.Remaining.Contains(total))
        {
            problem = $"Total resources {total} required by task group and its executor is more than available {offers.Remaining}";
        }

        if (problem is not null)
        {
            Fail(turn, framework, tasks, problem);
            return;
        }

        offers.Remaining = offers.Remaining.Subtract(total);
        if (running is null)
        {
            ExecutorBook.Add(turn, framework, agent, executor);
        }

        var group = new TaskGroupInfo();
        for (var i = 0; i < resources.Length; i++)
        {
            var full = LaunchForm.Task(tasks[i], resources[i], executor.Info);
            group.Tasks.Add(full);
            TaskBook.Add(turn, framework, agent, new(framework.Id, TaskWire.Staging(full, framework.Info.Id), resources[i], turn.Now));
        }

        turn.Tell(agent, new()
        {
            RunTaskGroup = new() { Framework = framework.Info, Executor = executor.Info, TaskGroup = group, LaunchExecutor = running is null },
        });
    }

    /// <inheritdoc/>
    public void Refuse(Turn turn, Framework framework, Offer.Types.Operation operation, string problem)
    {
        foreach (var task in Tasks(operation))
        {
            LaunchOutcomes.InvalidOffers(turn, framework, task, problem);
        }
    }

    private static RepeatedField<TaskInfo> Tasks(Offer.Types.Operation operation) => operation.LaunchGroup?.TaskGroup?.Tasks ?? [];

    private static void Fail(Turn turn, Framework framework, IEnumerable<TaskInfo> tasks, string problem)
    {
        foreach (var task in tasks)
        {
            LaunchOutcomes.Error(turn, framework, task, Reason.TaskGroupInvalid, problem);
        }
    }
}
