namespace Tepui.Jobs.Core.Launching;

/// <summary>What must always hold of the launch queue, of offers in hand, and of those wanted.</summary>
internal static class LaunchInvariants
{
    /// <summary>Checks all.</summary>
    public static void Check(JobsState state)
    {
        state.Queue.Check(state);
        state.Demand.Check(state);
    }
}
