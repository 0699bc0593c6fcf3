using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>What service discovery is told of a task.</summary>
internal static class Discovery
{
    private const string ScopeLabel = "network-scope";

    /// <summary>Its name and its ports, one entry per protocol.</summary>
    public static DiscoveryInfo Of(string name, IReadOnlyList<TaskPort> ports)
    {
        var info = new DiscoveryInfo { Visibility = DiscoveryInfo.Types.Visibility.Framework, Name = name, Ports = new() };
        foreach (var port in ports)
        {
            foreach (var protocol in port.Protocols)
            {
                info.Ports.Ports_.Add(Entry(port, protocol));
            }
        }

        return info;
    }

    private static Port Entry(TaskPort port, string protocol)
    {
        var entry = new Port { Number = (uint)port.Effective, Protocol = protocol };
        if (port.Name is { } name)
        {
            entry.Name = name;
        }

        var labels = port.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).ToList();
        if (port.ContainerPort is not null)
        {
            labels.RemoveAll(label => label.Key == ScopeLabel);
            labels.Add(new(ScopeLabel, port.HostPort is null ? "container" : "host"));
        }

        entry.Labels = labels.Count == 0 ? null : WireLabels.Of(labels);
        return entry;
    }
}
