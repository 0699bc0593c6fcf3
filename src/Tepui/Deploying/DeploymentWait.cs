using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Deploying;

/// <summary>Waits for deployments with progress, says how they ended, and turns that into an exit code.</summary>
internal static class DeploymentWait
{
    /// <summary>Waits; Ctrl-C ends the waiting, never the deployment.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="ids">The deployments; none is success at once.</param>
    /// <param name="throughHalts">Whether to go on waiting while a deployment is paused or waits for promotion.</param>
    /// <param name="cancel">Set by Ctrl-C.</param>
    /// <param name="isRollback">Whether rolled back is what was asked for.</param>
    public static async Task<int> RunAsync(
        ServicesInvocation invocation, IReadOnlyList<string> ids, bool throughHalts, CancellationToken cancel, bool isRollback = false)
    {
        var follower = new DeploymentFollower(invocation.Client, ids, TimeProvider.System);
        try
        {
            await DeploymentProgress.ShowAsync(follower, follower.RunAsync(throughHalts, cancel), TimeProvider.System);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            foreach (var id in ids.Except(follower.Latest.Where(deployment => deployment.IsFinished).Select(deployment => deployment.Id), StringComparer.Ordinal))
            {
                await Console.Error.WriteLineAsync($"tepui: no longer waiting; deployment {id} goes on. 'tepui deployment watch {id}' shows it.");
            }

            return ExitCode.Interrupted;
        }

        var ended = follower.Latest;
        if (invocation.IsJson)
        {
            JsonOutput.Write(ended.Count == 1 ? ended[0].Json.DeepClone() : new JsonArray([.. ended.Select(deployment => deployment.Json.DeepClone())]));
        }

        foreach (var deployment in ended)
        {
            await SayAsync(deployment, IsAsAsked(deployment, isRollback), invocation.IsJson);
        }

        return ended.All(deployment => IsAsAsked(deployment, isRollback) || deployment.WaitsForPromotion) ? ExitCode.Ok : ExitCode.Failure;
    }

    private static bool IsAsAsked(DeploymentStatus deployment, bool isRollback) => deployment.IsSuccess || (isRollback && deployment.Outcome == "rolledBack");

    private static async Task SayAsync(DeploymentStatus deployment, bool isAsAsked, bool isJson)
    {
        var took = deployment is { StartedAt: { } started, FinishedAt: { } finished } ? $" in {(finished - started).TotalSeconds:0.0} s" : "";
        var text = $"deployment {deployment.Id} {deployment.Words}";
        if (isAsAsked)
        {
            await (isJson ? Console.Error : Console.Out).WriteLineAsync($"{text}{took}");
        }
        else if (deployment.WaitsForPromotion)
        {
            await Console.Error.WriteLineAsync(
                $"{text}{(deployment.Reason is { } what ? $": {what}" : "")}. Go on with 'tepui deployment promote {deployment.Id}', or take it back with 'tepui deployment rollback {deployment.Id}'.");
        }
        else if (deployment.IsPaused)
        {
            await Console.Error.WriteLineAsync(
                $"tepui: {text}{(deployment.Reason is { } what ? $": {what}" : "")}. Go on with 'tepui deployment resume {deployment.Id}', or take it back with 'tepui deployment rollback {deployment.Id}'.");
        }
        else
        {
            await Console.Error.WriteLineAsync($"tepui: {text}{took}{(deployment.Reason is { } why ? $": {why}" : "")}");
            if (deployment is { Outcome: "failed" or "rolledBack", Affected: [var first, ..] })
            {
                await Console.Error.WriteLineAsync($"See 'tepui explain app {first}' and 'tepui app log --stderr {first}'.");
            }
        }
    }
}
