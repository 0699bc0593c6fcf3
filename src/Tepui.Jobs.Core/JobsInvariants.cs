namespace Tepui.Jobs.Core;

/// <summary>What must always hold.</summary>
internal static class JobsInvariants
{
    /// <summary>Checks all.</summary>
    public static void Check(JobsState state)
    {
    }
}
