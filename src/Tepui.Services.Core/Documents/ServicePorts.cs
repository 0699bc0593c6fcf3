using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents;

/// <summary>Service ports: unique in the cluster by assignment. Ports that clients choose are left as they are, even when two apps choose the same.</summary>
public static class ServicePorts
{
    /// <summary>Replaces service ports 0 of specs that differ from <paramref name="before"/> by those they had, then by the lowest free ones.</summary>
    /// <param name="before">The present tree.</param>
    /// <param name="target">The wanted tree.</param>
    /// <param name="options">First and last port.</param>
    /// <returns>A refusal when all ports are taken.</returns>
    public static DocumentResult<ServiceTree> Assign(ServiceTree before, ServiceTree target, ServicesOptions options)
    {
        var open = target.Specs.Values.OfType<AppSpec>().Where(app => Of(app).Contains(0)).ToArray();
        if (open.Length == 0)
        {
            return new(target, null);
        }

        var taken = target.Specs.Values.OfType<AppSpec>().SelectMany(Of).Where(port => port != 0).ToHashSet();
        var had = new Dictionary<PathId, Queue<int>>();
        foreach (var app in open)
        {
            had[app.Id] = new(Reusable(before.App(app.Id), app, options, taken));
        }

        taken.UnionWith(had.Values.SelectMany(ports => ports));
        var next = options.LocalPortMin;
        foreach (var app in open)
        {
            if (Fill(app, Port) is not { } filled)
            {
                return new(null, new(RefusalKind.Failed, $"All service ports from {options.LocalPortMin} to {options.LocalPortMax} are taken: {app.Id} cannot get one; raise local_port_max or remove apps"));
            }

            target = target with { Specs = target.Specs.SetItem(app.Id, filled) };

            int? Port()
            {
                if (had[app.Id].TryDequeue(out var again))
                {
                    return again;
                }

                while (next <= options.LocalPortMax && !taken.Add(next))
                {
                    next++;
                }

                return next <= options.LocalPortMax ? next : null;
            }
        }

        return new(target, null);
    }

    /// <summary>The service ports of an app, in their order.</summary>
    public static IEnumerable<int> Of(AppSpec app) => app.IsHostNetworked
        ? app.PortDefinitions.Select(definition => definition.Port)
        : app.Container?.PortMappings?.Select(mapping => mapping.ServicePort) ?? [];

    // Those it had of the range, unless it names them itself now or another app has taken them.
    private static IEnumerable<int> Reusable(AppSpec? before, AppSpec app, ServicesOptions options, HashSet<int> taken) => before is null
        ? []
        : Of(before).Where(port => port >= options.LocalPortMin && port <= options.LocalPortMax && !taken.Contains(port)).Distinct().Take(Of(app).Count(port => port == 0));

    private static AppSpec? Fill(AppSpec app, Func<int?> port)
    {
        var isFull = true;
        int Next(int wanted)
        {
            var given = wanted == 0 ? port() : wanted;
            isFull &= given is not null;
            return given ?? 0;
        }

        var filled = app.IsHostNetworked
            ? app with { PortDefinitions = [.. app.PortDefinitions.Select(definition => definition with { Port = Next(definition.Port) })] }
            : app with { Container = app.Container! with { PortMappings = [.. app.Container.PortMappings!.Select(mapping => mapping with { ServicePort = Next(mapping.ServicePort) })] } };
        return isFull ? filled : null;
    }
}
