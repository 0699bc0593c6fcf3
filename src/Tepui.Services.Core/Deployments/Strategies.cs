using Tepui.Services.Core.Scaling;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Within what the instances of a spec are replaced, by the strategy of its deployments.</summary>
internal static class Strategies
{
    /// <summary>The way the instances are replaced. Resident ones are tied to their volumes, and what goes back or replaces nothing tries nothing out: these roll.</summary>
    public static DeploymentStrategy Of(Deployment deployment, PathId id)
    {
        var spec = deployment.Target.Spec(id);
        return spec?.Deployment is { } policy && !deployment.IsReturning && !spec.IsResident && deployment.Original.Spec(id) is { Instances: > 0 }
            ? policy.Strategy
            : DeploymentStrategy.Rolling;
    }

    /// <summary>The bounds in force now.</summary>
    public static ReplacementBounds Bounds(Deployment deployment, ActionRun run, RunSpec spec)
    {
        var rolling = ReplacementBounds.Rolling(spec);
        return Of(deployment, spec.Id) switch
        {
            DeploymentStrategy.Canary when run.Promotions == 0 => Canary(rolling, spec.Deployment!),
            DeploymentStrategy.BlueGreen => rolling with { Capacity = int.MaxValue, LeastOld = run.Promotions < Needed(spec) ? int.MaxValue : 0 },
            _ => rolling,
        };
    }

    /// <summary>Whether it has still to be promoted.</summary>
    public static bool NeedsPromotion(Deployment deployment, ActionRun run, RunSpec spec) =>
        run.Action.Kind == ActionKind.Restart && run.Promotions < Needed(spec) && Of(deployment, spec.Id) != DeploymentStrategy.Rolling;

    // Old instances that are kept after the switch end with a second promotion.
    private static int Needed(RunSpec spec) => spec.Deployment is { Strategy: DeploymentStrategy.BlueGreen, DropOld: false } ? 2 : 1;

    private static ReplacementBounds Canary(ReplacementBounds rolling, DeploymentPolicy policy)
    {
        var first = Math.Min(policy.CanaryInstances, rolling.Target);
        return rolling with { MostNew = first, LeastOld = rolling.Target - first };
    }
}
