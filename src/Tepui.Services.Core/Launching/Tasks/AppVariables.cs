using System.Globalization;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>The environment of the task of an app: what it is, where it runs, its ports; its own variables win.</summary>
internal static class AppVariables
{
    private const int LabelNameLimit = 493;
    private const int LabelValueLimit = 512;

    /// <summary>Sorted by name.</summary>
    public static Variables Of(LaunchOrder order, AppSpec app, string taskId, IReadOnlyList<TaskPort> ports)
    {
        var variables = new Variables();
        variables.Set("MESOS_TASK_ID", taskId);
        variables.Set("MARATHON_APP_ID", app.Id.Value);
        variables.Set("MARATHON_APP_VERSION", Variables.Time(app.Version));
        variables.Set("MARATHON_APP_RESOURCE_CPUS", Variables.Decimal(app.Cpus));
        variables.Set("MARATHON_APP_RESOURCE_MEM", Variables.Decimal(app.Mem));
        variables.Set("MARATHON_APP_RESOURCE_DISK", Variables.Decimal(app.Disk));
        variables.Set("MARATHON_APP_RESOURCE_GPUS", app.Gpus.ToString(CultureInfo.InvariantCulture));
        variables.Set("MARATHON_APP_ENFORCE_GROUP_ROLE", order.EnforcesRole ? "TRUE" : "FALSE");
        if (app.Container?.Docker is { } docker)
        {
            variables.Set("MARATHON_APP_DOCKER_IMAGE", docker.Image);
        }

        Labels(variables, app.Labels);
        var prefix = order.Options.EnvVarsPrefix.ToUpperInvariant();
        variables.Set(prefix + "HOST", order.Host.Hostname);
        Ports(variables, prefix, ports);
        variables.Set(app.Env);
        return variables;
    }

    private static void Labels(Variables variables, IReadOnlyDictionary<string, string> labels)
    {
        var names = new List<string>();
        foreach (var (key, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            if (key.Length < LabelNameLimit && value.Length < LabelValueLimit)
            {
                var name = Variables.Escape(key);
                names.Add(name);
                variables.Set("MARATHON_APP_LABEL_" + name, value);
            }
        }

        variables.Set("MARATHON_APP_LABELS", string.Join(' ', names));
    }

    private static void Ports(Variables variables, string prefix, IReadOnlyList<TaskPort> ports)
    {
        if (ports.Count == 0)
        {
            return;
        }

        for (var i = 0; i < ports.Count; i++)
        {
            var value = Text(ports[i].Effective);
            variables.Set($"{prefix}PORT{i}", value);
            variables.Set($"{prefix}PORT_{ports[i].Requested}", value);
            if (ports[i].Name is { Length: > 0 } name)
            {
                variables.Set($"{prefix}PORT_{name.ToUpperInvariant()}", value);
            }
        }

        // A fixed port inside a container that is not mapped is nobody else's business.
        var listed = ports.Where(port => port.HostPort is not null || port.IsGenerated).Select(port => Text(port.Effective)).ToList();
        variables.Set(prefix + "PORTS", string.Join(',', listed));
        if (listed.Count > 0)
        {
            variables.Set(prefix + "PORT", listed[0]);
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
