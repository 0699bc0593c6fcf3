using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>The way from one tree to another.</summary>
public static class DeploymentPlan
{
    /// <summary>The steps: what goes, what comes, then scaling and restarts, what others depend on first.</summary>
    public static IReadOnlyList<DeploymentStep> Between(ServiceTree original, ServiceTree target) => throw new NotSupportedException();
}
