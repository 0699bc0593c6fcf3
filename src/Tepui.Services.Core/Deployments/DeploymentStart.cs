using System.Globalization;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>Begins deployments.</summary>
internal static class DeploymentStart
{
    /// <summary>Plans the way from the present tree to <paramref name="target"/>, checks the locks, makes the target the present tree and begins.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="target">With the versions of everything that changed set.</param>
    /// <param name="force">Running deployments that conflict are cancelled; otherwise they are the refusal.</param>
    /// <returns><see cref="CommandOutcome.Deployed"/> or <see cref="CommandOutcome.Refused"/>.</returns>
    public static CommandOutcome Start(Turn turn, ServiceTree target, bool force)
    {
        var table = turn.State.Deployments;
        var steps = Plan(turn.State, target);
        var inTheWay = Owners(table, steps);
        if (inTheWay.Count > 0 && !force)
        {
            return Locked(inTheWay);
        }

        var most = turn.State.Options.MaxRunningDeployments;
        if (steps.Count > 0 && table.Running.Count - inTheWay.Count >= most)
        {
            return TooMany(most);
        }

        return Begin(turn, target, steps, inTheWay, reverts: null);
    }

    /// <summary>Takes a deployment back by another one; always admitted.</summary>
    public static CommandOutcome Revert(Turn turn, Deployment deployment)
    {
        var target = DeploymentReversal.Target(turn, deployment);
        var steps = Plan(turn.State, target);
        return Begin(turn, target, steps, [.. Owners(turn.State.Deployments, steps).Union([deployment])], deployment);
    }

    /// <summary>The steps from the present tree.</summary>
    public static IReadOnlyList<DeploymentStep> Plan(ServicesState state, ServiceTree target) =>
        DeploymentPlan.Between(state.Catalog.Tree, target, id => state.Instances.Of(id).Roster.HasOutdated(target.Spec(id)!.LastConfigChangeAt));

    /// <summary>Sets where a deployment leads.</summary>
    public static void Lead(Deployment deployment, ServiceTree present, ServiceTree target, IReadOnlyList<DeploymentStep> steps)
    {
        var specs = steps.SelectMany(step => step.Actions).Select(action => action.Spec).Distinct().ToList();
        deployment.Lead(AffectedTree.Of(present, target, specs), AffectedTree.Of(target, present, specs), target.Version, steps);
    }

    private static CommandOutcome.Deployed Begin(Turn turn, ServiceTree target, IReadOnlyList<DeploymentStep> steps, IReadOnlyList<Deployment> inTheWay, Deployment? reverts)
    {
        var state = turn.State;
        var deployment = new Deployment { Id = state.Mint.Uuid(turn.Now), StartedAt = turn.Now, Reverts = reverts?.Id };
        foreach (var other in inTheWay)
        {
            if (other == reverts)
            {
                DeploymentSteps.Finish(turn, other, DeploymentState.RolledBack, $"Taken back by deployment {deployment.Id}");
            }
            else
            {
                DeploymentSteps.Finish(turn, other, DeploymentState.Cancelled, $"Deployment {deployment.Id} took over");
            }
        }

        Lead(deployment, state.Catalog.Tree, target, steps);
        state.Catalog.Change(turn, target);
        state.Deployments.Add(deployment);
        DeploymentSteps.Enter(turn, deployment, 0);
        return new(target.Version, deployment.Id);
    }

    private static List<Deployment> Owners(DeploymentTable table, IReadOnlyList<DeploymentStep> steps) =>
        [.. steps.SelectMany(step => step.Actions).Select(action => table.Owner(action.Spec)).OfType<Deployment>().Distinct().OrderBy(deployment => deployment.StartedAt).ThenBy(deployment => deployment.Version)];

    private static CommandOutcome.Refused Locked(List<Deployment> owners) => new(
        RefusalKind.Locked,
        "App is locked by one or more deployments. Override with the option '?force=true'. View details at '/v2/deployments/<DEPLOYMENT_ID>'.",
        [],
        [.. owners.Select(deployment => deployment.Id)]);

    private static CommandOutcome.Refused TooMany(int most) => new(
        RefusalKind.TooManyDeployments,
        string.Create(CultureInfo.InvariantCulture, $"{most} deployments are running and --max_running_deployments is {most}. Wait for one to end, or cancel one."));
}
