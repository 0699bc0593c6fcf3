using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Documents.Groups;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Commands;

/// <summary>The last steps of every command that changes the tree: service ports, rules of the whole tree, deployment, event.</summary>
internal static class TreeUpdate
{
    /// <summary>Fills in service ports and checks the tree as a whole.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="target">The wanted tree; specs in it are new ones or the present objects.</param>
    /// <param name="complete">The tree that can be deployed.</param>
    /// <returns>Why it cannot.</returns>
    public static CommandOutcome.Refused? Complete(Turn turn, ServiceTree target, out ServiceTree complete)
    {
        complete = target = GroupRoles.Settle(target, turn.State.Options);
        if (TreeRules.Check(target) is { Count: > 0 } problems)
        {
            return Refusals.Invalid(problems);
        }

        var assigned = ServicePorts.Assign(turn.State.Catalog.Tree, target, turn.State.Options);
        complete = assigned.Spec ?? target;
        return assigned.Refusal;
    }

    /// <summary>Gives everything that differs from the present tree the new version.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="target">With service ports.</param>
    /// <param name="version">The new version.</param>
    /// <param name="restored">Earlier versions that specs go back to.</param>
    public static ServiceTree Stamp(Turn turn, ServiceTree target, DateTimeOffset version, Func<PathId, RunSpec?>? restored = null)
    {
        var present = turn.State.Catalog.Tree;
        var stamped = target;
        foreach (var (id, spec) in target.Specs)
        {
            var before = present.Spec(id);
            if (ReferenceEquals(before, spec))
            {
                continue;
            }

            // An app that takes the place of a pod, or the other way round, is a new one.
            var after = Versioning.Stamp(before?.GetType() == spec.GetType() ? before : null, spec, version, restored?.Invoke(id));
            stamped = ReferenceEquals(after, before) ? stamped with { Specs = stamped.Specs.SetItem(id, after) } : stamped.With(after);
        }

        return stamped;
    }

    /// <summary>Completes, stamps and deploys.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="target">The wanted tree.</param>
    /// <param name="force">Takes over locks.</param>
    /// <param name="group">Group that the change belongs to, for the event.</param>
    /// <param name="restored">Earlier versions that specs go back to.</param>
    public static CommandOutcome Deploy(Turn turn, ServiceTree target, bool force, PathId group, Func<PathId, RunSpec?>? restored = null)
    {
        var version = turn.NextVersion();
        CommandOutcome outcome = Complete(turn, target, out var complete) is { } refusal ? refusal : DeploymentStart.Start(turn, Stamp(turn, complete, version, restored), force);
        turn.Publish(outcome is CommandOutcome.Refused refused
            ? new ServiceEvent.GroupChangeFailed(group, version, refused.Message)
            : new ServiceEvent.GroupChanged(group, version));
        return outcome;
    }
}
