using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>Takes deployments back: what they affect becomes as it was before, and instances of the version before that are still there serve again.</summary>
internal static class DeploymentReversal
{
    /// <summary>The present tree with what a deployment affects as it was before; everything else stays.</summary>
    public static ServiceTree Target(Turn turn, Deployment deployment)
    {
        var version = turn.NextVersion();
        var tree = turn.State.Catalog.Tree;
        foreach (var id in deployment.Specs)
        {
            tree = deployment.Original.Spec(id) is { } before ? tree.With(Restored(before, tree.Spec(id), version)) : tree.WithoutSpec(id, version);
        }

        return Groups(tree, deployment, version);
    }

    /// <summary>A deployment has failed and goes back by itself, under its own id.</summary>
    public static void GoBack(Turn turn, Deployment deployment, string reason)
    {
        var state = turn.State;
        var present = state.Catalog.Tree;
        var target = Target(turn, deployment);
        var steps = DeploymentStart.Plan(state, target);
        state.Deployments.Remove(deployment);
        state.Catalog.Change(turn, target);
        deployment.Alarm?.Cancel();
        deployment.IsRollingBack = true;
        deployment.State = DeploymentState.RollingBack;
        deployment.Reason = reason;
        DeploymentStart.Lead(deployment, present, target, steps);
        state.Deployments.Add(deployment);
        DeploymentSteps.Tell(turn, deployment, "deployment_rollback_event", reason);
        turn.Publish(new ServiceEvent.GroupChanged(PathId.Root, target.Version));
        DeploymentSteps.Enter(turn, deployment, 0);
    }

    private static RunSpec Restored(RunSpec before, RunSpec? present, DateTimeOffset version) => before with
    {
        Version = version,
        LastScalingAt = present?.Instances == before.Instances ? present.LastScalingAt : version,
    };

    // Groups that the deployment made go if nothing else came into them; those it removed or changed are as before.
    private static ServiceTree Groups(ServiceTree tree, Deployment deployment, DateTimeOffset version)
    {
        foreach (var made in deployment.Target.Groups.Keys.Where(id => deployment.Original.Group(id) is null).Reverse())
        {
            var isEmpty = !tree.Specs.Keys.Any(id => id.IsBelow(made)) && !tree.Groups.Keys.Any(id => id.IsBelow(made));
            if (isEmpty && tree.Group(made) is not null)
            {
                tree = tree.WithoutGroup(made, version);
            }
        }

        foreach (var before in deployment.Original.Groups.Values)
        {
            var after = deployment.Target.Group(before.Id);
            if (AffectedTree.Differs(before, after) && !AffectedTree.Differs(tree.Group(before.Id) ?? before, after ?? tree.Group(before.Id)))
            {
                tree = tree.With(before with { Version = version });
            }
        }

        return tree;
    }
}
