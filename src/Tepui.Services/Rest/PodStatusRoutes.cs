using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Specs;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>How pods stand, and the end of their instances.</summary>
internal sealed class PodStatusRoutes(ServicesLoop loop, RestCommands commands)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/pods/::status", AllAsync)
        .Map("GET", "/v2/pods::status", AllAsync)
        .Map("GET", "/v2/pods/{id*}::status", OneAsync)
        .Map("DELETE", "/v2/pods/{id*}::instances/{instance}", call => commands.RunAsync(
            call, new ServicesCommand.KillPodInstances(call.Id, [call["instance"]], IsSingle: true, call.Flag("wipe", false)), outcome => AnswerAsync(call, outcome, isSingle: true)))
        .Map("DELETE", "/v2/pods/{id*}::instances", KillAsync);

    private async Task AllAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        var pods = new PodStatusJson(view);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartArray();
            foreach (var pod in view.Tree.Specs.Values.OfType<PodSpec>())
            {
                pods.Write(json, pod);
            }

            json.WriteEndArray();
        });
    }

    private async Task OneAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        await (view.Tree.Pod(call.Id) is { } pod
            ? RestAnswer.JsonAsync(call.Context, json => new PodStatusJson(view).Write(json, pod))
            : ServicesErrors.MissingAsync(call.Context, "Pod", call.Id.Value));
    }

    private async Task KillAsync(RestCall call)
    {
        if (await RestBody.ReadAsync(call) is not { } body)
        {
            return;
        }

        if (body.Node is not JsonArray list || list.Any(item => item?.GetValueKind() != System.Text.Json.JsonValueKind.String))
        {
            await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, "The body must be a list of instance ids");
            return;
        }

        await commands.RunAsync(
            call,
            new ServicesCommand.KillPodInstances(call.Id, [.. list.Select(item => item!.GetValue<string>())], IsSingle: false, call.Flag("wipe", false)),
            outcome => AnswerAsync(call, outcome, isSingle: false));
    }

    private async Task AnswerAsync(RestCall call, CommandOutcome outcome, bool isSingle)
    {
        var killed = (CommandOutcome.Killed)outcome;
        var view = await loop.ViewAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            if (isSingle)
            {
                InstanceJson.Write(json, view, killed.Instances[0]);
                return;
            }

            json.WriteStartArray();
            foreach (var instance in killed.Instances)
            {
                InstanceJson.Write(json, view, instance);
            }

            json.WriteEndArray();
        });
    }
}
