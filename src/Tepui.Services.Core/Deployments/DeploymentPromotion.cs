namespace Tepui.Services.Core.Deployments;

/// <summary>Lets the new version take over where a deployment tries it out first.</summary>
internal static class DeploymentPromotion
{
    /// <summary>Promotes one action that waits for it.</summary>
    public static void Promote(Turn turn, Deployment deployment, ActionRun run)
    {
        run.Promotions++;
        run.ProgressedAt = turn.Now;
        run.ReadySince = null;
        if (run.IsAtGate)
        {
            run.IsAtGate = false;
            deployment.AtGate--;
        }

        if (deployment.State == DeploymentState.WaitingForPromotion)
        {
            deployment.State = DeploymentState.Running;
        }

        turn.Persist(StoreKeys.Deployment(deployment.Id), DeploymentEntries.Write(deployment));
        turn.Touch(run.Action.Spec);
    }
}
