using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Graph;

/// <summary>Who waits for whom: children by parent, those of parents that do not exist too.</summary>
internal sealed class JobGraph
{
    /// <summary>Jobs that have this one as a parent, sorted.</summary>
    public IReadOnlyList<JobName> Children(JobName parent) => [];

    /// <summary>Follows a change of a job's parents.</summary>
    public void Set(JobName child, IReadOnlyList<JobName> before, IReadOnlyList<JobName> after)
    {
    }
}
