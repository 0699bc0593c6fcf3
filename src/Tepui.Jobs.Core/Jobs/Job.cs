using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>A job: what its author wants, and what became of it. Never changed; changes replace it in the <see cref="JobTable"/>.</summary>
/// <param name="Spec">What is wanted.</param>
/// <param name="Progress">What became of it.</param>
public sealed record Job(JobSpec Spec, JobProgress Progress)
{
    /// <summary>Which.</summary>
    public JobName Name => Spec.Name;
}
