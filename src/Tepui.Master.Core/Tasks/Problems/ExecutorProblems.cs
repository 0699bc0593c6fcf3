using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Tasks.Problems;

/// <summary>What may be wrong with an executor.</summary>
internal static class ExecutorProblems
{
    /// <summary>The first thing wrong, in the order clients know, or <see langword="null"/>.</summary>
    /// <param name="framework">Whose executor it is.</param>
    /// <param name="executor">As the framework sent it.</param>
    public static string? Any(Framework framework, ExecutorInfo executor) =>
        Type(executor)
        ?? IdRule.Problem(executor.ExecutorId?.Value ?? "")
        ?? (executor.ShutdownGracePeriod?.Nanoseconds < 0 ? "ExecutorInfo's 'shutdown_grace_period' must be non-negative" : null)
        ?? Owner(framework, executor)
        ?? Resources(executor)
        ?? TaskProblems.Prefixed("Executor's `CommandInfo` is invalid: ", executor.Command is { } command ? CommandProblems.Any(command) : null)
        ?? TaskProblems.Prefixed("Executor's `ContainerInfo` is invalid: ", executor.Container is { } container ? ContainerProblems.Any(container) : null)
        ?? (ContainerProblems.SharesCgroups(executor.Container) == true ? "The 'share_cgroups' field cannot be set to 'true' on the container of an executor" : null);

    /// <summary>An executor may not change while it runs.</summary>
    /// <param name="running">The one that runs under that id, if any.</param>
    /// <param name="completed">The new one, completed as the running one was.</param>
    public static string? Changed(RunningExecutor? running, ExecutorInfo completed) => running is null || running.Info.Equals(completed)
        ? null
        : $"ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID '{completed.ExecutorId.Value}'";

    private static string? Type(ExecutorInfo executor)
    {
        if (!executor.HasType)
        {
            return null;
        }

        switch (executor.Type)
        {
            case ExecutorInfo.Types.Type.Default:
                return executor.Command is not null ? "'ExecutorInfo.command' must not be set for 'DEFAULT' executor"
                    : executor.Container is { } container && container.Type != ContainerInfo.Types.Type.Mesos ? "'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor"
                    : executor.Container?.Mesos?.Image is not null ? "'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT' executor"
                    : null;
            case ExecutorInfo.Types.Type.Custom:
                return executor.Command is null ? "'ExecutorInfo.command' must be set for 'CUSTOM' executor" : null;
            default:
                return "Unknown executor type";
        }
    }

    private static string? Owner(Framework framework, ExecutorInfo executor) => executor.FrameworkId is not { } owner
        ? "'ExecutorInfo.framework_id' must be set"
        : FrameworkId.From(owner) == framework.Id
            ? null
            : $"ExecutorInfo has an invalid FrameworkID (Actual: {owner.Value} vs Expected: {framework.Id})";

    private static string? Resources(ExecutorInfo executor) =>
        ResourceProblems.Form(executor.Resources)
        ?? TaskProblems.Prefixed("Executor uses invalid resources: ", ResourceProblems.Use(executor.Resources))
        ?? (executor.Resources.Any(static resource => resource.Shared is not null) ? "Executor resources must not be shared" : null);
}
