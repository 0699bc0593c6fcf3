using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Tells changes that need new instances from those that do not. Specs are compared as their canonical documents, in which maps are sorted.</summary>
public static class SpecComparison
{
    /// <summary>Whether instances of one version serve for the other as well: everything is the same but versions, instance count, autoscaling, schedule, deployment policy and executor resources.</summary>
    public static bool SameConfiguration(RunSpec before, RunSpec after) => ReferenceEquals(before, after) || SameDocument(Configuration(before), Configuration(after));

    /// <summary>Whether nothing differs but versions.</summary>
    public static bool Same(RunSpec before, RunSpec after) => ReferenceEquals(before, after) || SameDocument(Unversioned(before), Unversioned(after));

    /// <summary>Whether two versions of an app keep the same persistent volumes.</summary>
    public static bool SameVolumes(AppSpec before, AppSpec after) => SameDocument(Volumes(before), Volumes(after));

    /// <summary>Whether two versions of a pod keep the same persistent volumes.</summary>
    public static bool SameVolumes(PodSpec before, PodSpec after) => SameDocument(Volumes(before), Volumes(after));

    private static RunSpec Unversioned(RunSpec spec) => spec with { Version = default, LastScalingAt = default, LastConfigChangeAt = default };

    private static RunSpec Configuration(RunSpec spec) => Unversioned(spec) switch
    {
        // The executor of a pod is always there, so its resources are those of the instance.
        PodSpec pod => pod with { Instances = 0, Deployment = null },
        AppSpec app => app with { Instances = 0, Deployment = null, Autoscaling = null, Schedule = [], ExecutorResources = null, Dependencies = [.. app.Dependencies.Distinct().Order()] },
        var other => other,
    };

    private static AppSpec Volumes(AppSpec app) => new()
    {
        Id = app.Id,
        Container = new() { Volumes = [.. app.Container?.Volumes.Where(volume => volume.Persistent is not null) ?? []] },
    };

    private static PodSpec Volumes(PodSpec pod) => new() { Id = pod.Id, Volumes = [.. pod.Volumes.Where(volume => volume.Persistent is not null)] };

    private static bool SameDocument(RunSpec one, RunSpec other) => (one, other) switch
    {
        (AppSpec before, AppSpec after) => AppDocument.Write(before).AsSpan().SequenceEqual(AppDocument.Write(after)),
        (PodSpec before, PodSpec after) => PodDocument.Write(before).AsSpan().SequenceEqual(PodDocument.Write(after)),
        _ => false,
    };
}
