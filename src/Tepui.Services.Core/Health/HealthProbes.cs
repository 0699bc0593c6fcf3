using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Health;

/// <summary>Where the scheduler makes its health checks.</summary>
internal static class HealthProbes
{
    /// <summary>The checks to make now; <see langword="null"/> without any, or while no address is known.</summary>
    public static ServicesEffect.StartHealthChecks? Of(Instance instance, AppSpec app)
    {
        if (instance.Host is not { } host || instance.Tasks is not [var task, ..])
        {
            return null;
        }

        var wanted = app.HealthChecks.Index().Where(item => !item.Item.IsRunByAgent).ToList();
        var onHost = wanted.Select(item => (item.Index, item.Item, Port: HostPort(item.Item, task))).ToList();
        if (onHost.Exists(item => item.Port is null) && task.Addresses is [var address, ..])
        {
            var inside = wanted.Select(item => (item.Index, item.Item, Port: InnerPort(item.Item, app, task))).ToList();
            return Start(instance.Id, address, inside);
        }

        return Start(instance.Id, host.Hostname, onHost);
    }

    /// <summary>Whether two wishes are the same.</summary>
    public static bool AreAlike(ServicesEffect.StartHealthChecks wanted, ServicesEffect.StartHealthChecks? present) =>
        present is not null && wanted.Host == present.Host && wanted.Probes.SequenceEqual(present.Probes);

    private static ServicesEffect.StartHealthChecks? Start(InstanceId instance, string host, List<(int Index, AppHealthCheck Check, int? Port)> checks)
    {
        var probes = checks.Where(item => item.Port is not null).Select(item => new HealthProbe(item.Index, item.Check, item.Port!.Value)).ToList();
        return probes.Count == 0 ? null : new(instance, host, probes);
    }

    private static int? HostPort(AppHealthCheck check, InstanceTask task) => check.Port ?? task.HostPorts.ElementAtOrDefault(check.PortIndex ?? 0);

    // A mapping to port 0 means the same port inside as outside.
    private static int? InnerPort(AppHealthCheck check, AppSpec app, InstanceTask task)
    {
        var index = check.PortIndex ?? 0;
        var mapped = app.Container?.PortMappings?.ElementAtOrDefault(index)?.ContainerPort;
        return check.Port ?? (mapped is > 0 ? mapped : task.HostPorts.ElementAtOrDefault(index));
    }
}
