using Tepui.Jobs.Core.Graph;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Launching;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Views;

namespace Tepui.Jobs.Core;

/// <summary>What must always hold.</summary>
internal static class JobsInvariants
{
    /// <summary>Checks all.</summary>
    public static void Check(JobsState state)
    {
        JobInvariants.Check(state);
        GraphInvariants.Check(state);
        LaunchInvariants.Check(state);
        ViewInvariants.Check(state);
        OccurrenceInvariants.Check(state);
        RunInvariants.Check(state);
        AdmissionInvariants.Check(state);
    }
}
