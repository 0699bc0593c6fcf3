using System.Text.Json.Nodes;

namespace Tepui.Commands.Pods;

/// <summary>How the command line prints a pod's status.</summary>
internal static class PodText
{
    /// <summary>Instances that run, of those wanted.</summary>
    public static string Running(JsonNode pod)
    {
        var stable = pod.Items("instances").Count(instance => instance.Text("status") is "STABLE" or "DEGRADED");
        return $"{stable}/{pod.Number("spec", "scaling", "instances") ?? 1}";
    }
}
