using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Deployments;

/// <summary>Apps for the tests of deployments.</summary>
internal static class Apps
{
    private static readonly AppHealthCheck Check = new() { Protocol = HealthProtocol.MesosHttp };
    private static readonly IReadOnlyList<AppHealthCheck> Checks = [Check];
    private static readonly IReadOnlyList<AppHealthCheck> NoChecks = [];
    private static readonly UpgradeStrategy Full = new(1, 1);

    public static AppSpec Web(int instances = 4, string cmd = "v1", string id = "/web", UpgradeStrategy? upgrade = null, bool hasChecks = false, DeploymentPolicy? policy = null) => new()
    {
        Id = new(id),
        Cmd = cmd,
        Instances = instances,
        Upgrade = upgrade ?? Full,
        HealthChecks = hasChecks ? Checks : NoChecks,
        Deployment = policy,
    };
}
