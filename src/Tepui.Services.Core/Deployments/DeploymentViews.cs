using System.Globalization;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Scaling;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Takes views of deployments.</summary>
internal static class DeploymentViews
{
    private const int ActionsTold = 3;

    /// <summary>As it is now.</summary>
    public static DeploymentView Take(ServicesState state, Deployment deployment, DateTimeOffset now)
    {
        var progress = deployment.Runs.Select(run => Progress(state, deployment, run)).ToList();
        return new()
        {
            Id = deployment.Id,
            Version = deployment.Version,
            StartedAt = deployment.StartedAt,
            Original = deployment.Original,
            Target = deployment.Target,
            Steps = deployment.Steps,
            StepIndex = deployment.StepIndex,
            State = deployment.State,
            Strategy = deployment.Specs.Select(id => Strategies.Of(deployment, id)).DefaultIfEmpty().Max(),
            Reason = Reason(state, deployment, progress, now),
            Progress = progress,
        };
    }

    private static ActionProgress Progress(ServicesState state, Deployment deployment, ActionRun run)
    {
        var id = run.Action.Spec;
        var roster = state.Instances.Of(id).Roster;
        var target = deployment.Target.Spec(id);
        if ((target ?? deployment.Original.Spec(id)) is not { } spec)
        {
            return new(run.Action, 0, 0, 0, 0, 0, run.IsDone, []);
        }

        var tally = Tally.Of(state, spec);
        return target is null
            ? new(run.Action, 0, roster.Wanted + tally.Ending, 0, 0, tally.Serving, run.IsDone, [])
            : new(run.Action, target.Instances, tally.Old, tally.New, tally.NewReady, tally.Serving, run.IsDone, Readiness(state, spec));
    }

    private static IReadOnlyList<Health.ReadinessResult> Readiness(ServicesState state, RunSpec spec) => spec is AppSpec { ReadinessChecks.Count: > 0 }
        ? [.. state.Instances.Of(spec.Id).Snapshot.Where(instance => instance.ConfigVersion == spec.LastConfigChangeAt).Select(instance => state.Health.Readiness(instance.Id)).OfType<Health.ReadinessResult>()]
        : [];

    private static string Reason(ServicesState state, Deployment deployment, List<ActionProgress> progress, DateTimeOffset now)
    {
        if (deployment.State is DeploymentState.Paused or >= DeploymentState.Succeeded)
        {
            return deployment.Reason;
        }

        var waits = progress.Where(action => !action.Done).Take(ActionsTold).Select(action => Wait(state, deployment, action, now));
        return string.Join("; ", [.. new[] { deployment.Reason }.Where(reason => reason.Length > 0), .. waits]);
    }

    private static string Wait(ServicesState state, Deployment deployment, ActionProgress action, DateTimeOffset now)
    {
        var id = action.Action.Spec;
        if (action.Action.Kind == ActionKind.Stop)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{id}: {action.Old} instances have still to end");
        }

        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{action.Ready} of {action.Target} instances are ready") };
        var roster = state.Instances.Of(id).Roster;
        Add(parts, roster[Standing.Waiting], "wait for offers");
        Add(parts, roster[Standing.Starting], "are starting");
        Add(parts, roster[Standing.Unhealthy], "are unhealthy");
        Add(parts, roster[Standing.Unready], "run, but do not count as ready yet");
        Add(parts, roster[Standing.Ending] + roster[Standing.Stopping], "are ending");
        if (deployment.RunOf(id) is { Failures: > 0 } run)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{run.Failures} have failed{DeploymentFailures.Last(state, deployment, id)}"));
        }

        if (deployment.RunOf(id) is { IsAtGate: true })
        {
            parts.Add("waits to be promoted");
        }

        if (roster[Standing.Waiting] > 0 && deployment.Target.Spec(id) is { } spec && state.Queue.DelayedUntil(spec, now) is { } until)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"next launch in {Math.Max(0, (until - now).TotalSeconds):0} s, after failures"));
        }

        return $"{id}: {string.Join(", ", parts)}";
    }

    private static void Add(List<string> parts, int count, string what)
    {
        if (count > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        }
    }
}
