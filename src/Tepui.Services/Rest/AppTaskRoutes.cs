using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Views;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Tasks of an app.</summary>
internal sealed class AppTaskRoutes(ServicesLoop loop, RestCommands commands)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/apps/{id*}/tasks", ListAsync)
        .Map("DELETE", "/v2/apps/{id*}/tasks", KillAllAsync)
        .Map("DELETE", "/v2/apps/{id*}/tasks/{task}", KillOneAsync);

    /// <summary>400 when both were asked for.</summary>
    public static Task ScaleAndWipeAsync(RestCall call) =>
        ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, "You cannot use scale and wipe at the same time.");

    private async Task ListAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        if (AppRoutes.IsGroup(call, out var group))
        {
            await (view.Tree.Group(group) is null
                ? ServicesErrors.MissingAsync(call.Context, "Group", group.Value)
                : TasksAsync(call, json => WriteTasks(json, view, AppRoutes.Below(view, group).SelectMany(app => view.InstancesOf(app.Id)))));
            return;
        }

        await (view.Tree.App(call.Id) is null
            ? ServicesErrors.MissingAsync(call.Context, "App", call.Id.Value)
            : TasksAsync(call, json => WriteTasks(json, view, view.InstancesOf(call.Id))));
    }

    private static Task TasksAsync(RestCall call, Action<System.Text.Json.Utf8JsonWriter> write) => RestAnswer.JsonAsync(call.Context, write);

    private static void WriteTasks(System.Text.Json.Utf8JsonWriter json, ServicesView view, IEnumerable<Core.Instances.Instance> instances)
    {
        json.WriteStartObject();
        AppTaskJson.WriteList(json, "tasks"u8, view, instances);
        json.WriteEndObject();
    }

    private Task KillAllAsync(RestCall call)
    {
        var (scale, wipe) = (call.Flag("scale", false), call.Flag("wipe", false));
        return scale && wipe ? ScaleAndWipeAsync(call) : commands.RunAsync(
            call,
            new ServicesCommand.KillAppTasks(call.Id, call.Text("host"), null, scale, wipe) { Force = call.Flag("force", false) },
            outcome => AnswerAsync(call, outcome, isSingle: false));
    }

    private Task KillOneAsync(RestCall call)
    {
        var (scale, wipe) = (call.Flag("scale", false), call.Flag("wipe", false));
        return scale && wipe ? ScaleAndWipeAsync(call) : commands.RunAsync(
            call,
            new ServicesCommand.KillAppTasks(call.Id, null, call["task"], scale, wipe) { Force = call.Flag("force", false) },
            outcome => AnswerAsync(call, outcome, isSingle: true));
    }

    private async Task AnswerAsync(RestCall call, CommandOutcome outcome, bool isSingle)
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
            if (isSingle && killed.Instances.Count > 0)
            {
                json.WritePropertyName("task"u8);
                AppTaskJson.Write(json, view, killed.Instances[0]);
            }
            else
            {
                json.WriteStartArray("tasks"u8);
                foreach (var instance in killed.Instances)
                {
                    AppTaskJson.Write(json, view, instance);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }
}
