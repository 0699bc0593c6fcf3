using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Instances;

/// <summary>Finds what instances run.</summary>
internal static class InstanceSpecs
{
    /// <summary>The version that an instance runs; the present one if its own is not kept any more; <see langword="null"/> if the app or pod is gone.</summary>
    public static RunSpec? SpecOf(this ServicesState state, Instance instance)
    {
        var present = state.Catalog.Tree.Spec(instance.Spec);
        return present is not null && (present.Version == instance.SpecVersion || present.LastConfigChangeAt == instance.ConfigVersion)
            ? present
            : state.Catalog.Versions.Find(instance.Spec, instance.SpecVersion) ?? present;
    }
}
