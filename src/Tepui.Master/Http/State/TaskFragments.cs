using Tepui.Master.Core.Views;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.State;

/// <summary>Tasks as the v0 routes show them. A task that did not change is not serialised again.</summary>
internal static class TaskFragments
{
    /// <summary>One per task and state of it.</summary>
    public static FragmentCache<TaskView> All { get; } = new((json, view) => TaskJson.Write(json, view.Task));
}
