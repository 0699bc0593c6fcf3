using Tepui.Agent.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Http.State;

/// <summary>A container as readers see it.</summary>
/// <param name="Executor">Executor it is or belongs to.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsNested">Whether it is nested in the executor's.</param>
/// <param name="Status">Id, and process where there is one.</param>
/// <param name="Statistics">What it uses now, and may use.</param>
internal sealed record ContainerRead(ExecutorView Executor, ContainerId Id, bool IsNested, ContainerStatus Status, ResourceStatistics Statistics);

/// <summary>What runs on an agent, with what it uses.</summary>
/// <param name="measure">What a running container uses now; <see langword="null"/> for one that does not run.</param>
/// <param name="time">Clock.</param>
internal sealed class ContainerReads(Func<ContainerId, ResourceStatistics?> measure, TimeProvider time)
{
    private const long Mb = 1024 * 1024;

    /// <summary>The containers of executors that are not over, and those nested in them when wanted.</summary>
    public IEnumerable<ContainerRead> List(AgentView view, bool showNested)
    {
        var executors = view.Frameworks.SelectMany(framework => framework.Executors).ToArray();
        foreach (var executor in executors)
        {
            yield return Read(executor, executor.Container, isNested: false, executor.Pid, executor.Resources);
        }

        if (!showNested)
        {
            yield break;
        }

        foreach (var executor in executors)
        {
            foreach (var nested in executor.Nested)
            {
                yield return Read(executor, nested.Container, isNested: true, nested.Pid, OfTask(executor, nested.Task));
            }
        }
    }

    private static ResourceSet OfTask(ExecutorView executor, TaskId id) =>
        executor.LaunchedTasks.FirstOrDefault(task => task.TaskId.Value == id.Value) is { } task ? ResourceSet.From(task.Resources) : ResourceSet.Empty;

    private ContainerRead Read(ExecutorView executor, ContainerId id, bool isNested, int? pid, ResourceSet limits)
    {
        var status = new ContainerStatus { ContainerId = id.ToWire() };
        if (pid is { } process)
        {
            status.ExecutorPid = (uint)process;
        }

        var statistics = measure(id) ?? new ResourceStatistics { Timestamp = Runtime.Json.JsonValues.Seconds(time.GetUtcNow()) };
        if (!statistics.HasCpusSoftLimit && limits.Scalar("cpus") is > 0 and var cpus)
        {
            statistics.CpusSoftLimit = cpus / 1000.0;
        }

        if (!statistics.HasMemLimitBytes && limits.Scalar("mem") is > 0 and var mem)
        {
            statistics.MemLimitBytes = statistics.MemSoftLimitBytes = (ulong)(mem * Mb / 1000);
        }

        return new(executor, id, isNested, status, statistics);
    }
}
