using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Scaling;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Brings one app or pod nearer to where its deployment leads, as far as its instances allow now.</summary>
internal static class DeploymentRound
{
    /// <summary>After anything about the spec or its instances has changed.</summary>
    public static void Go(Turn turn, Deployment deployment, PathId id)
    {
        if (deployment.RunOf(id) is not { } run)
        {
            Stay(turn, deployment, id);
        }
        else if (deployment.State == DeploymentState.Paused)
        {
            DeploymentPause.Hold(turn, deployment, run);
        }
        else
        {
            Act(turn, deployment, run);
            DeploymentJudge.Judge(turn, deployment, run);
        }
    }

    // Specs of earlier steps stay at what was reached. Of later steps, nothing ends before their turn, and what fails comes back as it was.
    private static void Stay(Turn turn, Deployment deployment, PathId id)
    {
        var (before, after) = (deployment.Original.Spec(id), deployment.Target.Spec(id));
        if (!deployment.IsBehind(id))
        {
            // What a deployment that goes back comes from has failed, and was perhaps never there.
            if ((deployment.IsReturning ? after : before) is { } version && before is not null)
            {
                SteadyState.Refill(turn, version, Math.Min(before.Instances, after?.Instances ?? 0));
            }
        }
        else if (after is null)
        {
            Departures.EndAll(turn, id);
        }
        else
        {
            SteadyState.Keep(turn, after, after.Instances);
        }
    }

    private static void Act(Turn turn, Deployment deployment, ActionRun run)
    {
        var id = run.Action.Spec;
        switch (run.Action.Kind)
        {
            case ActionKind.Stop:
                Departures.EndAll(turn, id);
                break;
            case ActionKind.Scale:
                var scaled = deployment.Target.Spec(id)!;
                SteadyState.Keep(turn, scaled, scaled.Instances);
                break;
            case ActionKind.Restart:
                var spec = deployment.Target.Spec(id)!;
                Replace(turn, spec, Strategies.Bounds(deployment, run, spec));
                break;
        }
    }

    private static void Replace(Turn turn, RunSpec spec, ReplacementBounds bounds)
    {
        var state = turn.State;
        var tally = Tally.Of(state, spec);
        var moves = Replacement.Next(tally, bounds);
        var roster = state.Instances.Of(spec.Id).Roster;
        var old = roster.Cohorts.Where(cohort => cohort.Config != spec.LastConfigChangeAt).ToList();
        var ending = new List<InstanceId>();
        ending.AddRange(Victims.Take(old, spec, moves.EndWaiting, Standing.Waiting));
        ending.AddRange(Victims.Take(old, spec, moves.EndStarting, Standing.Starting));
        ending.AddRange(Failing(state, spec, old, moves.EndFailing));
        ending.AddRange(Serving(state, spec, old, moves.EndServing));
        if (bounds.LeastOld == 0)
        {
            ending.AddRange(Victims.Take(old, spec, tally.OldInactive, Standing.Inactive));
        }

        if (moves.EndNew > 0)
        {
            ending.AddRange(Victims.TakeSurplus(state, [roster.Of(spec.LastConfigChangeAt)!], spec, moves.EndNew));
        }

        Departures.End(turn, spec, ending);
        Arrivals.Schedule(turn, spec, moves.Start);
    }

    private static IReadOnlyList<InstanceId> Failing(ServicesState state, RunSpec spec, List<Cohort> old, int count)
    {
        var plain = Victims.Take(old, spec, count, Standing.Unreachable, Standing.Unhealthy, Standing.Unready);
        return [.. plain, .. Victims.Take(old.Where(cohort => Configuration.HasHealthChecks(state, spec, cohort)), spec, count - plain.Count, Standing.Unproven)];
    }

    private static IReadOnlyList<InstanceId> Serving(ServicesState state, RunSpec spec, List<Cohort> old, int count)
    {
        var unproven = Victims.Take(old.Where(cohort => !Configuration.HasHealthChecks(state, spec, cohort)), spec, count, Standing.Unproven);
        return [.. unproven, .. Victims.Take(old, spec, count - unproven.Count, Standing.Healthy)];
    }
}
