using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>The way from one tree to another.</summary>
public static class DeploymentPlan
{
    /// <summary>The steps: what goes, what comes, then scaling and restarts, what others depend on first.</summary>
    /// <param name="original">The tree now.</param>
    /// <param name="target">The tree wanted, with the versions of everything that changed set.</param>
    /// <param name="isMixed">Whether instances of a changed spec run other configurations than its present one, left over by a deployment that was stopped; unset: none does.</param>
    public static IReadOnlyList<DeploymentStep> Between(ServiceTree original, ServiceTree target, Func<PathId, bool>? isMixed = null)
    {
        var steps = new List<DeploymentStep>();
        Add(steps, original.Specs.Values.Where(spec => target.Spec(spec.Id) is null).Select(spec => Action(ActionKind.Stop, spec)));
        Add(steps, target.Specs.Values.Where(spec => original.Spec(spec.Id) is null).Select(spec => Action(ActionKind.Start, spec)));
        var changes = target.Specs.Values.Select(spec => Change(original.Spec(spec.Id), spec, isMixed)).OfType<DeploymentAction>().ToList();
        if (changes.Count > 0)
        {
            var depths = new DependencyDepths(target);
            foreach (var level in changes.GroupBy(action => depths.Of(action.Spec)).OrderBy(level => level.Key))
            {
                Add(steps, level);
            }
        }

        return steps;
    }

    private static DeploymentAction? Change(RunSpec? before, RunSpec after, Func<PathId, bool>? isMixed)
    {
        if (before is null)
        {
            return after.Instances > 0 ? Action(ActionKind.Scale, after) : null;
        }

        if (ReferenceEquals(before, after))
        {
            return null;
        }

        if (before.LastConfigChangeAt != after.LastConfigChangeAt || (isMixed?.Invoke(after.Id) ?? false))
        {
            return Action(after.Instances > 0 ? ActionKind.Restart : ActionKind.Scale, after);
        }

        return before.Instances != after.Instances ? Action(ActionKind.Scale, after) : null;
    }

    private static DeploymentAction Action(ActionKind kind, RunSpec spec) => new(kind, spec.Id, spec is PodSpec);

    private static void Add(List<DeploymentStep> steps, IEnumerable<DeploymentAction> actions)
    {
        var step = new DeploymentStep([.. actions]);
        if (step.Actions.Count > 0)
        {
            steps.Add(step);
        }
    }
}
