
namespace Tepui.Services;

/// <summary>Which deployment an answer tells of.</summary>
internal static class StartedDeployment
{
    /// <summary>The deployment that the request started, if it did.</summary>
    public static string? DeploymentId(this RestAnswer answer) => (answer.Tag ?? answer.Body.Text("deploymentId")) is { Length: > 0 } deployment ? deployment : null;
}
