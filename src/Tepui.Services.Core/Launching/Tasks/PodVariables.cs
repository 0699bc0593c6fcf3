using System.Globalization;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>The environment of the tasks of a pod: what it is, where it runs, the endpoints of all its containers; the pod's own variables win, those of the container over them.</summary>
internal static class PodVariables
{
    /// <summary>Sorted by name.</summary>
    /// <param name="order">The launch.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">Whose.</param>
    /// <param name="taskId">Id of its task.</param>
    /// <param name="endpoints">Of all containers.</param>
    public static Variables Of(LaunchOrder order, PodSpec pod, PodContainer container, string taskId, IEnumerable<TaskPort> endpoints)
    {
        var variables = new Variables();
        variables.Set("MESOS_TASK_ID", taskId);
        variables.Set("MESOS_EXECUTOR_ID", order.Instance.Id.Value);
        variables.Set("MARATHON_APP_ID", pod.Id.Value);
        variables.Set("MARATHON_APP_VERSION", Variables.Time(pod.Version));
        variables.Set("MARATHON_CONTAINER_ID", container.Name);
        variables.Set("MARATHON_CONTAINER_RESOURCE_CPUS", Variables.Decimal(container.Cpus));
        variables.Set("MARATHON_CONTAINER_RESOURCE_MEM", Variables.Decimal(container.Mem));
        variables.Set("MARATHON_CONTAINER_RESOURCE_DISK", Variables.Decimal(container.Disk));
        variables.Set("MARATHON_CONTAINER_RESOURCE_GPUS", container.Gpus.ToString(CultureInfo.InvariantCulture));
        var prefix = order.Options.EnvVarsPrefix.ToUpperInvariant();
        variables.Set(prefix + "HOST", order.Host.Hostname);
        var isHostNetworked = pod.Networks.Any(network => network.Mode == NetworkMode.Host);
        foreach (var endpoint in endpoints)
        {
            Set(variables, prefix, endpoint, isHostNetworked);
        }

        variables.Set(pod.Env);
        variables.Set(container.Env);
        return variables;
    }

    private static void Set(Variables variables, string prefix, TaskPort endpoint, bool isHostNetworked)
    {
        var name = Name(endpoint.Name ?? "");
        if ((isHostNetworked ? endpoint.HostPort : endpoint.ContainerPort ?? endpoint.HostPort) is { } port)
        {
            variables.Set($"{prefix}ENDPOINT_{name}", Text(port));
        }

        if (endpoint.HostPort is { } outside)
        {
            variables.Set($"{prefix}EP_HOST_{name}", Text(outside));
        }

        if (endpoint.ContainerPort is { } inside)
        {
            variables.Set($"{prefix}EP_CONTAINER_{name}", Text(inside));
        }
    }

    private static string Name(string endpoint) => string.Concat(endpoint.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
