using Tepui.Web.Services;

namespace Tepui.Web.Pages.Deployments;

/// <summary>What the list of deployments shows.</summary>
/// <param name="Running">Those that run, oldest first.</param>
/// <param name="Finished">Those that ended, latest first.</param>
public sealed record DeploymentsModel(IReadOnlyList<DeploymentView> Running, IReadOnlyList<DeploymentView> Finished)
{
    private const int FinishedShown = 50;

    /// <summary>Builds it.</summary>
    public static DeploymentsModel Build(ServicesSnapshot services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new DeploymentsModel(
            [.. services.Running.Select(DeploymentView.Of)],
            [.. services.Deployments.Where(deployment => !deployment.IsRunning).Take(FinishedShown).Select(DeploymentView.Of)]);
    }
}
