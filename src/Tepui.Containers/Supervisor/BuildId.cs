namespace Tepui.Containers.Supervisor;

/// <summary>Tells one build of this code from another, so that an agent notices a supervisor of an older build.</summary>
internal static class BuildId
{
    /// <summary>The module's version id, which the compiler derives from what it compiled.</summary>
    public static string Value { get; } = typeof(BuildId).Module.ModuleVersionId.ToString("N");
}
