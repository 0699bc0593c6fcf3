using Tepui.Protocol.Services;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Autoscaling;

/// <summary>Changes instance counts by load and by the clock. Each change is an ordinary deployment; while another one holds the app, it waits.</summary>
internal static class Autoscaler
{
    /// <summary>At the end of every step: begins, changes and ends the scaling of apps as the tree says.</summary>
    public static void Follow(Turn turn)
    {
        foreach (var (state, app) in turn.State.Scaling.Follow(turn))
        {
            state.Stop();
            state.Policy = app.Autoscaling;
            if (!state.Schedule.SequenceEqual(app.Schedule))
            {
                state.Schedule = app.Schedule;
                state.ScheduledUntil = app.Version > app.LastScalingAt ? app.Version : app.LastScalingAt;
            }

            if (state.Policy is not null)
            {
                PlanMeasurement(turn, state);
            }

            ScheduledScaling.Plan(turn, state);
        }
    }

    /// <summary>A measurement came in.</summary>
    public static void Measured(Turn turn, ServicesInput.Measured measured)
    {
        if (turn.State.Scaling.Find(measured.App) is not { Policy: { } policy } state || turn.State.Catalog.Tree.App(measured.App) is not { } app)
        {
            return;
        }

        if (measured.Value is not { } value || !double.IsFinite(value) || value < 0)
        {
            var problem = measured.Problem ?? (measured.Value is { } odd ? $"{odd} is no load" : "no value");
            Hold(turn, state, app, measured.Value, $"load is not known: {problem}");
            return;
        }

        var running = turn.State.Instances.Of(app.Id).All.Count(instance => instance.IsRunning);
        if (policy.Metric != ScalingMetric.Http && running == 0)
        {
            Hold(turn, state, app, value, "no instance runs");
            return;
        }

        var (desired, reason) = TargetTracking.Desire(policy, app.Instances, running, value);
        if (desired == app.Instances || CooldownEnd(policy, state, app, desired) is var end && end <= turn.Now)
        {
            Change(turn, state, app, desired, value, reason);
        }
        else
        {
            Hold(turn, state, app, value, $"{reason}; {desired} instances, but not before {end:yyyy-MM-ddTHH:mm:ssZ} (cool-down)");
        }
    }

    /// <summary>Deploys another count, unless something stands against it.</summary>
    /// <returns>Whether the app has the count now.</returns>
    public static bool Change(Turn turn, ScalingState state, AppSpec app, int instances, double? value, string reason)
    {
        if (instances == app.Instances)
        {
            Hold(turn, state, app, value, reason);
            return true;
        }

        if (turn.State.Deployments.Owns(app.Id))
        {
            Hold(turn, state, app, value, $"{reason}; {instances} instances, once the deployment under way is over");
            return false;
        }

        var tree = turn.State.Catalog.Tree;
        var target = tree with { Specs = tree.Specs.SetItem(app.Id, app with { Instances = instances }) };
        if (TreeUpdate.Deploy(turn, target, force: false, app.Id.Parent) is CommandOutcome.Refused refused)
        {
            Hold(turn, state, app, value, $"{reason}; {instances} instances was refused: {refused.Message}");
            return false;
        }

        Decided(turn, state, new(turn.Now, app.Instances, instances, value, reason));
        return true;
    }

    private static void Decided(Turn turn, ScalingState state, ScalingDecision decision)
    {
        state.Last = decision;
        state.LastChange = decision.At;
        state.LastIncrease = decision.To > decision.From ? decision.At : state.LastIncrease;
        var entry = new ScalingEntry { At = decision.At.ToUnixTimeMilliseconds(), From = decision.From, To = decision.To, Reason = decision.Reason };
        if (decision.Value is { } value)
        {
            entry.Value = value;
        }

        turn.Persist(StoreKeys.Scaling(state.App), entry);
        turn.Publish(new ServiceEvent.Autoscaled(state.App, decision.From, decision.To, decision.Value, decision.Reason));
    }

    // Shown to readers, and not kept: the next measurement comes soon.
    private static void Hold(Turn turn, ScalingState state, AppSpec app, double? value, string reason) =>
        state.Last = new(turn.Now, app.Instances, app.Instances, value, reason);

    // Bounds hold at once.
    private static DateTimeOffset CooldownEnd(AutoscalingPolicy policy, ScalingState state, AppSpec app, int desired)
    {
        var isOutside = app.Instances < policy.MinInstances || app.Instances > policy.MaxInstances;
        var since = desired > app.Instances ? state.LastIncrease : state.LastChange;
        return isOutside || since is null ? DateTimeOffset.MinValue : since.Value.After(desired > app.Instances ? policy.ScaleUpCooldown : policy.ScaleDownCooldown);
    }

    private static void PlanMeasurement(Turn turn, ScalingState state) =>
        state.Measurement = turn.State.Deadlines.Set(turn.Now.After(state.Policy!.Interval), later => Measure(later, state));

    private static void Measure(Turn turn, ScalingState state)
    {
        if (turn.State.Master is not null)
        {
            var tasks = turn.State.Instances.Of(state.App).All
                .Where(instance => instance.IsRunning && instance.Host is not null)
                .OrderBy(instance => instance.Id)
                .SelectMany(instance => instance.Tasks.Select(task => (task.Id, instance.Host!.Agent)))
                .ToList();
            turn.Emit(new ServicesEffect.Measure(state.App, state.Policy!, tasks));
        }

        PlanMeasurement(turn, state);
    }
}
