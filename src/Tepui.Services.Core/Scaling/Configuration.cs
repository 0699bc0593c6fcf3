using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Scaling;

/// <summary>What configurations of a spec have that decides which of their instances serve.</summary>
internal static class Configuration
{
    /// <summary>Whether the health of its instances is known.</summary>
    public static bool HasHealthChecks(RunSpec spec) => spec switch
    {
        AppSpec app => app.HealthChecks.Count > 0,
        PodSpec pod => pod.Containers.Any(container => container.HealthCheck is not null),
        _ => false,
    };

    /// <summary>Whether the health of the instances of a configuration is known, earlier ones included.</summary>
    public static bool HasHealthChecks(ServicesState state, RunSpec spec, Cohort cohort) => cohort.HasHealthChecks ??= Find(state, spec, cohort) is { } version && HasHealthChecks(version);

    /// <summary>How many instances of a configuration run and may take load: healthy where that is known, at least not unhealthy where it is not.</summary>
    public static int Serving(ServicesState state, RunSpec spec, Cohort cohort)
    {
        var serving = cohort[Standing.Healthy];
        var unproven = cohort[Standing.Unproven];
        return unproven > 0 && !HasHealthChecks(state, spec, cohort) ? serving + unproven : serving;
    }

    /// <summary>The version that an instance runs, if it is still known.</summary>
    public static RunSpec? Find(ServicesState state, RunSpec spec, Cohort cohort)
    {
        if (spec.LastConfigChangeAt == cohort.Config)
        {
            return spec;
        }

        if (state.Deployments.Owner(spec.Id)?.Original.Spec(spec.Id) is { } original && original.LastConfigChangeAt == cohort.Config)
        {
            return original;
        }

        var any = Enum.GetValues<Standing>().SelectMany(cohort.Of).Select(state.Instances.Find).First();
        return state.Catalog.Versions.Find(spec.Id, any!.SpecVersion);
    }
}
