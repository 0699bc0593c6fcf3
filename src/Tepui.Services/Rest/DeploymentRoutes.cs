using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Views;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Deployments under way and finished.</summary>
internal sealed class DeploymentRoutes(ServicesLoop loop, RestCommands commands, TimeProvider time)
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/deployments", ListAsync)
        .Map("GET", "/v2/deployments/{deployment}", GetAsync)
        .Map("DELETE", "/v2/deployments/{deployment}", CancelAsync)
        .Map("POST", "/v2/deployments/{deployment}/pause", call => SetAsync(call, new ServicesCommand.PauseDeployment(call["deployment"])))
        .Map("POST", "/v2/deployments/{deployment}/resume", call => SetAsync(call, new ServicesCommand.ResumeDeployment(call["deployment"])))
        .Map("POST", "/v2/deployments/{deployment}/promote", call => SetAsync(call, new ServicesCommand.PromoteDeployment(call["deployment"])));

    private async Task ListAsync(RestCall call)
    {
        var finished = call.Flag("finished", false);
        var view = await loop.ViewAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartArray();
            foreach (var deployment in view.Deployments.Concat(finished ? view.Finished : []))
            {
                DeploymentJson.Write(json, deployment, withProgress: finished || call.WantsExtras);
            }

            json.WriteEndArray();
        });
    }

    private async Task GetAsync(RestCall call)
    {
        var wait = TimeSpan.Zero;
        if (call.Text("wait") is { } text)
        {
            if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is not >= 0 || seconds > WaitMax.TotalSeconds)
            {
                await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"wait is '{text}'; it must be a number of seconds, at most {WaitMax.TotalSeconds}");
                return;
            }

            wait = TimeSpan.FromSeconds(seconds);
        }

        var found = await FinishedAsync(call, wait);
        await (found is null
            ? ServicesErrors.MissingAsync(call.Context, "Deployment", call["deployment"])
            : RestAnswer.JsonAsync(call.Context, json => DeploymentJson.Write(json, found, withProgress: true)));
    }

    /// <summary>The deployment once it is over, or as it is after the wait.</summary>
    private async Task<DeploymentView?> FinishedAsync(RestCall call, TimeSpan wait)
    {
        var until = time.GetUtcNow() + wait;
        while (true)
        {
            var found = Find(await loop.ViewAsync(call.Cancel), call["deployment"]);
            if (found is null or { FinishedAt: not null } || time.GetUtcNow() >= until)
            {
                return found;
            }

            await Task.Delay(Poll, time, call.Cancel);
        }
    }

    private static DeploymentView? Find(ServicesView view, string id) =>
        view.Deployments.FirstOrDefault(deployment => deployment.Id == id) ?? view.Finished.FirstOrDefault(deployment => deployment.Id == id);

    private Task CancelAsync(RestCall call)
    {
        var force = call.Flag("force", false);
        return commands.RunAsync(
            call,
            new ServicesCommand.CancelDeployment(call["deployment"]) { Force = force },
            outcome => outcome is CommandOutcome.Deployed ? RestCommands.DeployedAsync(call, outcome) : RestAnswer.EmptyAsync(call.Context, StatusCodes.Status202Accepted));
    }

    private Task SetAsync(RestCall call, ServicesCommand command) => commands.RunAsync(call, command, outcome =>
    {
        var set = (CommandOutcome.DeploymentSet)outcome;
        return RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WriteString("deploymentId"u8, set.Id);
            json.WriteString("state"u8, DeploymentJson.StateText(set.State));
            json.WriteEndObject();
        });
    });
}
