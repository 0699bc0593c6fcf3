using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Deployments under way, and the last that are over.</summary>
internal sealed class DeploymentTable
{
    /// <summary>Whether a deployment under way changes this app or pod.</summary>
    public bool Owns(PathId spec) => false;
}
