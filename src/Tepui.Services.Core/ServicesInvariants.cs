using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Launching;
using Tepui.Services.Core.Scaling;

namespace Tepui.Services.Core;

/// <summary>What must always hold.</summary>
internal static class ServicesInvariants
{
    /// <summary>Checks all of it.</summary>
    public static void Check(ServicesState state)
    {
        DeploymentInvariants.Check(state);
        ScalingInvariants.Check(state);
        LifeInvariants.Check(state);
        LaunchInvariants.Check(state);
    }
}
