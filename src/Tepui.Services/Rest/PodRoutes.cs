using Microsoft.AspNetCore.Http;
using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Definitions of pods, and their versions.</summary>
internal sealed class PodRoutes(ServicesLoop loop, RestCommands commands, FrameworkIdentity identity)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("HEAD", "/v2/pods", call => RestAnswer.EmptyAsync(call.Context, StatusCodes.Status200OK))
        .Map("GET", "/v2/pods", ListAsync)
        .Map("POST", "/v2/pods", CreateAsync)
        .Map("GET", "/v2/pods/{id*}::versions", VersionsAsync)
        .Map("GET", "/v2/pods/{id*}::versions/{version}", VersionAsync)
        .Map("GET", "/v2/pods/{id*}", GetAsync)
        .Map("PUT", "/v2/pods/{id*}", PutAsync)
        .Map("DELETE", "/v2/pods/{id*}", DeleteAsync);

    private static Task PodAsync(RestCall call, int status, PodSpec pod) => RestAnswer.JsonAsync(call.Context, status, json => Write(json, pod));

    private static void Write(System.Text.Json.Utf8JsonWriter json, PodSpec pod)
    {
        json.WriteStartObject();
        PodDocument.WriteMembers(json, pod);
        json.WriteEndObject();
    }

    private async Task ListAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartArray();
            foreach (var pod in view.Tree.Specs.Values.OfType<PodSpec>())
            {
                Write(json, pod);
            }

            json.WriteEndArray();
        });
    }

    private Task CreateAsync(RestCall call) => commands.WithBodyAsync(
        call,
        body => new ServicesCommand.CreatePod(body.Node) { Force = call.Flag("force", false) },
        outcome =>
        {
            var deployed = (CommandOutcome.Deployed)outcome;
            var pod = (PodSpec)deployed.Spec!;
            call.Context.Response.Headers.Location = $"{identity.Url}/v2/pods{pod.Id}";
            RestCommands.SetDeployment(call, deployed);
            return PodAsync(call, StatusCodes.Status201Created, pod);
        });

    private Task PutAsync(RestCall call) => commands.WithBodyAsync(
        call,
        body => new ServicesCommand.PutPod(call.Id, body.Node) { Force = call.Flag("force", false) },
        outcome =>
        {
            var deployed = (CommandOutcome.Deployed)outcome;
            RestCommands.SetDeployment(call, deployed);
            return PodAsync(call, StatusCodes.Status200OK, (PodSpec)deployed.Spec!);
        });

    private Task DeleteAsync(RestCall call) => commands.RunAsync(
        call,
        new ServicesCommand.DeletePod(call.Id) { Force = call.Flag("force", false) },
        outcome =>
        {
            var deployed = (CommandOutcome.Deployed)outcome;
            RestCommands.SetDeployment(call, deployed);
            call.Context.Response.Headers.Location = deployed.Deployment;
            return RestAnswer.EmptyAsync(call.Context, StatusCodes.Status202Accepted);
        });

    private async Task GetAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        await (view.Tree.Pod(call.Id) is { } pod ? PodAsync(call, StatusCodes.Status200OK, pod) : ServicesErrors.MissingAsync(call.Context, "Pod", call.Id.Value));
    }

    private async Task VersionsAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        if (view.Tree.Pod(call.Id) is null || view.VersionsOf(call.Id) is not { } versions)
        {
            await ServicesErrors.MissingAsync(call.Context, "Pod", call.Id.Value);
            return;
        }

        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartArray();
            foreach (var version in versions)
            {
                json.WriteTimeValue(version);
            }

            json.WriteEndArray();
        });
    }

    private async Task VersionAsync(RestCall call)
    {
        if (!Timestamps.TryParse(call["version"], out var version))
        {
            await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status422UnprocessableEntity, $"The version '{call["version"]}' is no time; versions look like 2031-02-03T04:05:06.789Z");
            return;
        }

        var view = await loop.ViewAsync(call.Cancel);
        await (view.VersionOf(call.Id, version) is PodSpec pod
            ? PodAsync(call, StatusCodes.Status200OK, pod)
            : ServicesErrors.MissingAsync(call.Context, "Pod", call.Id.Value, view.Tree.Pod(call.Id) is null ? null : Timestamps.Text(version)));
    }
}
