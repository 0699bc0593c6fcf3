using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Tasks of all apps.</summary>
internal sealed class TaskRoutes(ServicesLoop loop, RestCommands commands)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/tasks", ListAsync)
        .Map("POST", "/v2/tasks/delete", KillAsync);

    private async Task ListAsync(RestCall call)
    {
        if (!call.Context.Request.Takes("application/json"))
        {
            await ServicesErrors.StatusAsync(call.Context, StatusCodes.Status406NotAcceptable);
            return;
        }

        var wanted = call.All("status").Concat(call.All("status[]")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var view = await loop.ViewAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("tasks"u8);
            foreach (var app in view.Tree.Specs.Values.OfType<AppSpec>())
            {
                AppTaskJson.WriteAll(json, view, view.InstancesOf(app.Id).Where(instance => wanted.Count == 0 || IsWanted(instance, wanted)));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static bool IsWanted(Instance instance, HashSet<string> wanted) => instance.Condition switch
    {
        Condition.Running => wanted.Contains("running"),
        Condition.Provisioned or Condition.Staging or Condition.Starting => wanted.Contains("staging"),
        _ => false,
    };

    private Task KillAsync(RestCall call)
    {
        var (scale, wipe) = (call.Flag("scale", false), call.Flag("wipe", false));
        return scale && wipe ? AppTaskRoutes.ScaleAndWipeAsync(call) : commands.WithBodyAsync(
            call,
            body => new ServicesCommand.KillTasks(body.Node, scale, wipe) { Force = call.Flag("force", false) },
            outcome => AnswerAsync(call, outcome));
    }

    private async Task AnswerAsync(RestCall call, CommandOutcome outcome)
    {
        if (outcome is not CommandOutcome.Killed killed)
        {
            await RestCommands.DeployedAsync(call, outcome);
            return;
        }

        var view = await loop.ViewAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("tasks"u8);
            foreach (var instance in killed.Instances)
            {
                AppTaskJson.Write(json, view, instance);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
