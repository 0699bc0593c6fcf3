using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Upper limits of a task as the wire has them; unlimited is infinity.</summary>
internal static class TaskLimits
{
    /// <summary>Sets those that are given.</summary>
    public static void Set(TaskInfo task, ResourceLimits? limits)
    {
        if (limits?.Cpus is { } cpus)
        {
            task.Limits["cpus"] = new() { Value = cpus };
        }

        if (limits?.Mem is { } mem)
        {
            task.Limits["mem"] = new() { Value = mem };
        }
    }
}
