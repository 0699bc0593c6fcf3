using Tepui.Agent.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Executors;

/// <summary>What is needed to start a container, worked out from what is known of its owner: the same before and after a restart.</summary>
internal static class Plans
{
    /// <summary>Sandbox of a run of an executor, relative to the work directory.</summary>
    public static string Directory(AgentState state, FrameworkId framework, ExecutorId executor, ContainerId container) =>
        $"slaves/{state.Id}/frameworks/{framework}/executors/{executor}/runs/{container}";

    /// <summary>Sandbox of a task that the agent runs.</summary>
    public static string Directory(TaskRecord task)
    {
        var executor = task.Executor;
        return task.Container == executor.Container
            ? executor.Directory
            : $"{executor.Directory}/containers/{task.Container.Value[(executor.Container.Value.Length + 1)..]}";
    }

    public static ContainerPlan ForExecutor(Turn turn, ExecutorRecord executor) => new()
    {
        Id = executor.Container,
        Framework = executor.Framework.Id,
        Executor = executor.Id,
        Command = executor.Info.Command ?? new CommandInfo(),
        Environment = Environments.OfExecutor(turn, executor),
        User = User(turn, executor, executor.Info.Command),
        Container = executor.Info.Container,
        Directory = executor.Directory,
    };

    public static ContainerPlan ForTask(Turn turn, TaskRecord task)
    {
        var directory = Directory(task);
        return new()
        {
            Id = task.Container,
            Framework = task.Executor.Framework.Id,
            Executor = task.Executor.Id,
            Command = task.Info.Command ?? new CommandInfo(),
            Environment = Environments.OfTask(turn, task, directory),
            User = User(turn, task.Executor, task.Info.Command),
            Container = task.Info.Container,
            Around = task.Executor.Kind == ExecutorKind.Default ? task.Executor.Info.Container : null,
            Directory = directory,
        };
    }

    /// <summary>The command's user, else the executor's, else the framework's; <see langword="null"/> for the agent's own.</summary>
    public static string? User(Turn turn, ExecutorRecord executor, CommandInfo? command)
    {
        if (!turn.Options.SwitchUser)
        {
            return null;
        }

        var user = command is { HasUser: true } ? command.User
            : executor.Kind != ExecutorKind.Command && executor.Info.Command is { HasUser: true } own ? own.User
            : executor.Framework.Info?.User;
        return string.IsNullOrEmpty(user) ? null : user;
    }
}
