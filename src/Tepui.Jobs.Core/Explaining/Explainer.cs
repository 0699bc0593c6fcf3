using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Explaining;

/// <summary>Says why a job waits.</summary>
internal static class Explainer
{
    /// <summary>For one job.</summary>
    public static Explanation? Explain(JobsState state, JobName job, DateTimeOffset now) => null;
}
