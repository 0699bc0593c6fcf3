namespace Tepui.Services.Core.Deployments;

/// <summary>Deployments under way, and the last that are over.</summary>
internal sealed class DeploymentTable
{
}
