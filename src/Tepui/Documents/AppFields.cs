using System.Text.Json.Nodes;

namespace Tepui.Documents;

/// <summary>Fields of an app's answer that tell how it is doing, beside what was asked for.</summary>
internal static class AppFields
{
    private static readonly string[] ResponseOnly =
    [
        "tasks", "tasksStaged", "tasksRunning", "tasksHealthy", "tasksUnhealthy", "tasksStats", "taskStats", "deployments", "readinessCheckResults",
        "lastTaskFailure", "version", "versionInfo", "autoscalingStatus", "crashLoop", "killBudget",
    ];

    /// <summary>The definition alone: what could be sent again.</summary>
    public static JsonObject Definition(JsonObject app)
    {
        var definition = app.DeepClone().AsObject();
        foreach (var name in ResponseOnly)
        {
            definition.Remove(name);
        }

        return definition;
    }
}
