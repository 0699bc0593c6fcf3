using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Deployments;

/// <summary>Apps for the tests of deployments.</summary>
internal static class Apps
{
    private static readonly AppHealthCheck Check = new() { Protocol = HealthProtocol.MesosHttp };
    private static readonly IReadOnlyList<AppHealthCheck> Checks = [Check];
    private static readonly IReadOnlyList<AppHealthCheck> NoChecks = [];
    private static readonly UpgradeStrategy Full = new(1, 1);

    /// <summary>An app.</summary>
    /// <param name="instances">How many.</param>
    /// <param name="cmd">Told apart by.</param>
    /// <param name="id">Id.</param>
    /// <param name="upgrade">Bounds.</param>
    /// <param name="hasChecks">With a health check.</param>
    /// <param name="policy">How deployments run.</param>
    /// <param name="minimumRun">Of the policy: none, so that whatever runs counts at once.</param>
    public static AppSpec Web(int instances = 4, string cmd = "v1", string id = "/web", UpgradeStrategy? upgrade = null, bool hasChecks = false, DeploymentPolicy? policy = null, TimeSpan minimumRun = default) => new()
    {
        Id = new(id),
        Cmd = cmd,
        Instances = instances,
        Upgrade = upgrade ?? Full,
        HealthChecks = hasChecks ? Checks : NoChecks,
        Deployment = policy is null ? null : policy with { MinimumRun = minimumRun },
    };
}
