using Tepui.Model;

namespace Tepui.Services.Core.Deployments;

/// <summary>What must always hold of deployments.</summary>
internal static class DeploymentInvariants
{
    /// <summary>An app or pod belongs to at most one deployment, and one under way has something left to do.</summary>
    public static void Check(ServicesState state)
    {
        var table = state.Deployments;
        foreach (var deployment in table.Running)
        {
            Invariant.Holds(deployment.StepIndex < deployment.Steps.Count, $"deployment {deployment.Id} is done and still there");
            Invariant.Holds(deployment.State < DeploymentState.Succeeded, $"deployment {deployment.Id} is over and still there: {deployment.State}");
            Invariant.Holds(deployment.Undone == deployment.Runs.Count(run => !run.IsDone), $"deployment {deployment.Id} lost count of its actions");
            Invariant.Holds(deployment.AtGate == deployment.Runs.Count(run => run.IsAtGate), $"deployment {deployment.Id} lost count of its gates");
            foreach (var spec in deployment.Specs)
            {
                Invariant.Holds(ReferenceEquals(table.Owner(spec), deployment), $"{spec} is changed by deployment {deployment.Id} and owned by {table.Owner(spec)?.Id ?? "none"}");
            }
        }

        Invariant.Holds(table.Running.Sum(deployment => deployment.Specs.Count) == table.OwnedCount, "specs are owned by deployments that are not under way");
    }
}
