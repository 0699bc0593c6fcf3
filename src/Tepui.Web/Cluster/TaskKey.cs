namespace Tepui.Web.Cluster;

/// <summary>Names a task: task ids are unique within their framework only.</summary>
public readonly record struct TaskKey(string Framework, string Task)
{
    /// <summary>The key of a task.</summary>
    public static TaskKey Of(Protocol.V1.Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new TaskKey(task.FrameworkId.Value, task.TaskId.Value);
    }
}
