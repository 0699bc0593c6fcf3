using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Describes the launch of an instance of a pod: a group of tasks under one default executor.</summary>
internal static class PodLaunch
{
    /// <summary>For the master and for us.</summary>
    public static LaunchResult Of(LaunchOrder order, PodSpec pod, DateTimeOffset now)
    {
        var endpoints = pod.Containers.ToDictionary(container => container.Name, container => TaskPort.Of(container, order.Part(container.Name).HostPorts), StringComparer.Ordinal);
        var all = pod.Containers.SelectMany(container => endpoints[container.Name]).ToList();
        var group = new TaskGroupInfo();
        var tasks = new List<InstanceTask>();
        foreach (var container in pod.Containers)
        {
            var id = NewTaskIds.Container(order.Instance, container.Name);
            group.Tasks.Add(Task(order, pod, container, id.Value, endpoints[container.Name], all));
            tasks.Add(new() { Id = id, Container = container.Name, StagedAt = now, HostPorts = order.Part(container.Name).HostPorts });
        }

        var operation = new Offer.Types.Operation
        {
            Type = Offer.Types.Operation.Types.Type.LaunchGroup,
            LaunchGroup = new() { Executor = Executor(order, pod, all), TaskGroup = group },
        };
        return new(operation, tasks);
    }

    private static ExecutorInfo Executor(LaunchOrder order, PodSpec pod, IReadOnlyList<TaskPort> endpoints)
    {
        var executor = new ExecutorInfo
        {
            Type = ExecutorInfo.Types.Type.Default,
            ExecutorId = new() { Value = order.Instance.Id.Value },
            FrameworkId = order.Framework.ToWire(),
            Labels = WireLabels.Sorted(pod.Labels),
        };
        executor.Resources.AddRange(order.Part(LaunchPlan.ExecutorPart).Resources);
        var networks = NetworkInfos.Of(pod.Networks, endpoints, order.Options.MesosBridgeName).ToList();
        if (networks.Count > 0 || pod.LinuxInfo is not null)
        {
            executor.Container = new() { Type = ContainerInfo.Types.Type.Mesos, LinuxInfo = LinuxInfos.Of(pod.LinuxInfo) };
            executor.Container.NetworkInfos.AddRange(networks);
        }

        return executor;
    }

    private static TaskInfo Task(LaunchOrder order, PodSpec pod, PodContainer container, string id, IReadOnlyList<TaskPort> own, IReadOnlyList<TaskPort> all)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in pod.Labels.Concat(container.Labels))
        {
            labels[key] = value;
        }

        var task = new TaskInfo
        {
            Name = container.Name,
            TaskId = new() { Value = id },
            AgentId = order.Host.Agent.ToWire(),
            Command = Command(order, pod, container),
            Labels = labels.Count == 0 ? null : WireLabels.Of(labels),
            Discovery = Discovery.Of(pod.Id.TaskName, own),
            HealthCheck = Checks.Health(container, own),
            Check = Checks.Reported(container.Check, own),
            Container = Container(pod, container),
        };
        task.Command.Environment = PodVariables.Of(order, pod, container, id, all).ToWire(pod.Secrets);
        task.Resources.AddRange(order.Part(container.Name).Resources);
        TaskLimits.Set(task, container.ResourceLimits);
        if (container.KillGracePeriod is { } grace)
        {
            task.KillPolicy = new() { GracePeriod = new() { Nanoseconds = grace.Ticks * 100 } };
        }

        return task;
    }

    private static CommandInfo Command(LaunchOrder order, PodSpec pod, PodContainer container)
    {
        var command = container switch
        {
            { Shell: { } shell } => Commands.Shell(shell),
            { Argv: { } argv } => Commands.Arguments(argv, isEntryPoint: container.Image is null || container.OverrideEntrypoint is true),
            _ => Commands.ImageDefault(),
        };
        Commands.Fetch(command, container.Artifacts);
        Commands.RunAs(command, order.User(container.User, pod));
        return command;
    }

    private static ContainerInfo Container(PodSpec pod, PodContainer container)
    {
        // Each container has its own control group, unless the pod asks for one for all.
        var linux = LinuxInfos.Of(container.LinuxInfo) ?? new LinuxInfo();
        linux.ShareCgroups = pod.LegacySharedCgroups is true;
        var info = new ContainerInfo { Type = ContainerInfo.Types.Type.Mesos, LinuxInfo = linux };
        if (container.Image is { } image)
        {
            info.Mesos = new() { Image = Images.Docker(image.Id, image.ForcePull is true, image.PullSecret, pod.Secrets) };
        }

        if (container.Tty is true)
        {
            info.TtyInfo = new();
        }

        info.Volumes.AddRange(PodVolumes.Of(pod, container));
        return info;
    }
}
