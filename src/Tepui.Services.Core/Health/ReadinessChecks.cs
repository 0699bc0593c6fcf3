using Tepui.Model.Identifiers;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Health;

/// <summary>Readiness checks of new instances: made while a deployment waits for them, until the first success. Without checks, or without a deployment, whatever runs is ready.</summary>
internal static class ReadinessChecks
{
    /// <summary>A check has a result.</summary>
    public static void Checked(Turn turn, ServicesInput.ReadinessChecked result)
    {
        if (turn.State.Instances.Find(result.Instance) is not { Ready: false } instance || !instance.Condition.IsLaunched())
        {
            return;
        }

        if (turn.State.Deployments.Owns(instance.Spec))
        {
            turn.State.Health.SetReadiness(instance.Id, result.Result);
        }

        turn.Touch(instance.Spec);
        if (result.Result.Ready)
        {
            turn.State.Health.Probed.Remove(instance.Id);
            turn.State.Instances.Replace(turn, instance with { Ready = true });
        }
    }

    /// <summary>An instance changed: once it runs, it is ready or its check begins.</summary>
    public static void Follow(Turn turn, InstanceId id)
    {
        if (turn.State.Instances.Find(id) is not { IsRunning: true, Ready: false } instance || turn.State.Health.Probed.Contains(id))
        {
            return;
        }

        if (turn.State.SpecOf(instance) is AppSpec { ReadinessChecks: [var check, ..] } app && turn.State.Deployments.Owns(instance.Spec) && Target(instance, app, check) is { } target)
        {
            turn.State.Health.Probed.Add(id);
            turn.Emit(new ServicesEffect.StartReadinessCheck(id, target.Task, target.Host, target.Port, check));
        }
        else if (RunsLongEnough(turn, instance))
        {
            turn.State.Instances.Replace(turn, instance with { Ready = true });
        }
    }

    // A program that ends at once has been running too. A deployment that can fail looks for longer before it gives old instances up.
    private static bool RunsLongEnough(Turn turn, Instance instance)
    {
        if (turn.State.SpecOf(instance)?.Deployment is not { } policy || !turn.State.Deployments.Owns(instance.Spec))
        {
            return true;
        }

        var due = (instance.ActiveSince ?? turn.Now).After(policy.MinimumRun);
        if (due <= turn.Now)
        {
            return true;
        }

        if (turn.State.Health.Settling.Add(instance.Id))
        {
            turn.State.Deadlines.Set(due, later =>
            {
                later.State.Health.Settling.Remove(instance.Id);
                Follow(later, instance.Id);
            });
        }

        return false;
    }

    /// <summary>Subscribed: begins the checks of instances that were not ready before a restart.</summary>
    public static void Resume(Turn turn)
    {
        foreach (var id in turn.State.Instances.All.Where(instance => instance is { IsRunning: true, Ready: false }).Select(instance => instance.Id).Order().ToList())
        {
            Follow(turn, id);
        }
    }

    /// <summary>A deployment is over: nobody reads what the checks of its instances said any more. Those that have not passed go on.</summary>
    public static void Over(Turn turn, Deployment deployment)
    {
        foreach (var instance in deployment.Specs.SelectMany(spec => turn.State.Instances.Of(spec).All))
        {
            turn.State.Health.SetReadiness(instance.Id, result: null);
        }
    }

    /// <summary>An instance is over.</summary>
    public static void Forget(Turn turn, InstanceId id)
    {
        turn.State.Health.SetReadiness(id, result: null);
        turn.State.Health.Settling.Remove(id);
        if (turn.State.Health.Probed.Remove(id))
        {
            turn.Emit(new ServicesEffect.StopChecks(id));
        }
    }

    private static (TaskId Task, string Host, int Port)? Target(Instance instance, AppSpec app, ReadinessCheck check)
    {
        if (instance.Tasks is not [var task, ..] || instance.Host is not { } host)
        {
            return null;
        }

        var mapping = app.Container?.PortMappings?.Index().FirstOrDefault(item => item.Item.Name == check.PortName);
        var index = mapping?.Item is not null ? mapping.Value.Index : app.PortDefinitions.Index().Where(item => item.Item.Name == check.PortName).Select(item => item.Index).DefaultIfEmpty(-1).First();
        if (index >= 0 && task.HostPorts.ElementAtOrDefault(index) is { } port)
        {
            return (task.Id, host.Hostname, port);
        }

        return mapping?.Item is { ContainerPort: > 0 } inner && task.Addresses is [var address, ..] ? (task.Id, address, inner.ContainerPort) : null;
    }
}
