using Tepui.Model;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Scaling;

/// <summary>Compares the specs that were touched with their instances, and starts and ends instances until nothing is left to do in this step.</summary>
internal static class Convergence
{
    // Far above what any step needs; a rule that undoes what another did must stop the process, not hang it.
    private const int RoundsMost = 1_000_000;

    /// <summary>At the end of every step.</summary>
    public static void Run(Turn turn)
    {
        var state = turn.State;
        if (state.Touched.Count == 0)
        {
            return;
        }

        var seen = new SortedSet<PathId>();
        for (var round = 0; state.Touched.Count > 0; round++)
        {
            Invariant.Holds(round < RoundsMost, $"instances of {state.Touched.Min} do not settle");
            var id = state.Touched.Min;
            state.Touched.Remove(id);
            seen.Add(id);
            Converge(turn, id);
        }

        foreach (var id in seen)
        {
            state.Queue.Sync(turn, id);
            if (state.Catalog.Tree.Spec(id) is null)
            {
                state.Instances.Forget(id);
                state.Failures.Forget(turn, id);
                state.Terminated.Forget(id);
            }
        }
    }

    private static void Converge(Turn turn, PathId id)
    {
        if (turn.State.Deployments.Owner(id) is { } deployment)
        {
            DeploymentRound.Go(turn, deployment, id);
        }
        else if (turn.State.Catalog.Tree.Spec(id) is { } spec)
        {
            SteadyState.Keep(turn, spec, spec.Instances);
        }
        else
        {
            Departures.EndAll(turn, id);
            turn.State.Budget.Forget(turn, id);
        }
    }
}
