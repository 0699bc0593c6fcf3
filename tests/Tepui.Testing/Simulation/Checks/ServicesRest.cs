using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Views;
using Tepui.Testing.Simulation.Processes;

namespace Tepui.Testing.Simulation.Checks;

/// <summary>Whether the services scheduler has come to rest: what clients asked for last is what runs, no more and no less.</summary>
internal static class ServicesRest
{
    /// <summary>The first thing that is missing, or <see langword="null"/>.</summary>
    public static string? Missing(SimulatedCluster cluster, ServicesProcess services)
    {
        if (!services.IsUp || !services.IsSubscribed)
        {
            return "services is not subscribed";
        }

        var view = services.View();
        if (view.Deployments is [var first, ..])
        {
            return $"deployment {first.Id} is {first.State} at step {first.StepIndex} of {first.Steps.Count}: {first.Reason} [{string.Join(" ", first.Progress)}] {Waiting(view)}";
        }

        foreach (var (id, spec) in view.Tree.Specs)
        {
            var instances = view.InstancesOf(id);
            if (instances.Count != spec.Instances || instances.Any(instance => !instance.IsRunning || instance.ConfigVersion != spec.LastConfigChangeAt))
            {
                return $"{id} shall have {spec.Instances} of {spec.LastConfigChangeAt:O} and has [{string.Join(" ", instances.Select(Text))}]";
            }
        }

        if (view.Instances.FirstOrDefault(pair => pair.Value.Count > 0 && view.Tree.Spec(pair.Key) is null) is { Value: { } left } lone)
        {
            return $"{lone.Key} is gone and has [{string.Join(" ", left.Select(Text))}]";
        }

        var wanted = view.Instances.Values.SelectMany(static all => all).SelectMany(static instance => instance.Tasks).Select(static task => task.Id.Value).Order(StringComparer.Ordinal).ToList();
        var running = cluster.Agents.SelectMany(static agent => agent.Supervisor.Running).Where(container => container.Framework == services.Id)
            .SelectMany(static container => container.Tasks).Select(static task => task.Id).Order(StringComparer.Ordinal).ToList();
        return wanted.SequenceEqual(running, StringComparer.Ordinal) ? null : $"services has [{string.Join(" ", wanted)}], the agents run [{string.Join(" ", running)}]";
    }

    private static string Waiting(ServicesView view) => string.Join(
        "; ",
        view.Queue.Select(item => $"{item.Spec.Id} waits for {item.Count}, delayed until {item.DelayedUntil:O}, offers {item.Offers.Processed}, unused {item.Offers.Unused}: "
            + string.Join(", ", item.Offers.LastOffers.Where(count => count.Declined > 0).Select(count => $"{count.Reason} {count.Declined}"))));

    private static string Text(Instance instance) => $"{instance.Id.Value[^12..]}:{instance.Condition}/{instance.Goal}/{instance.ConfigVersion:O}";
}
