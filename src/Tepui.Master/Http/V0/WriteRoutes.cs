using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Master.Core.Views;
using Tepui.Master.Http.Operator;
using Tepui.Master.Loop;
using Tepui.Protocol.Json;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Maintenance;
using Tepui.Protocol.V1.Quota;
using Tepui.Runtime.Http;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.V0;

/// <summary>The v0 routes that order something, and the reads that share their paths.</summary>
internal sealed class WriteRoutes(MasterLoop loop, OperatorCommands commands)
{
    /// <summary>Adds the routes.</summary>
    public void Map(MesosRouter router)
    {
        router.Map("/teardown", Post(TeardownAsync));
        router.Map("/tepui/kill-task", Post(KillTaskAsync));
        router.Map("/weights", WeightsAsync);
        router.Map("/quota", QuotaAsync);
        router.MapBelow("/quota", QuotaOfRoleAsync);
        router.Map("/reserve", Post(context => ResourcesAsync(context, "resources", "Reserving resources", "/reserve")));
        router.Map("/unreserve", Post(context => ResourcesAsync(context, "resources", "Unreserving resources", "/unreserve")));
        router.Map("/create-volumes", Post(context => ResourcesAsync(context, "volumes", "Creating volumes", "/create-volumes")));
        router.Map("/destroy-volumes", Post(context => ResourcesAsync(context, "volumes", "Destroying volumes", "/destroy-volumes")));
        router.Map("/machine/down", Post(MachinesAsync));
        router.Map("/machine/up", Post(MachinesAsync));
        router.Map("/maintenance/schedule", ScheduleAsync);
        router.Map("/maintenance/status", EmptyObjectAsync);
    }

    private static RequestDelegate Post(RequestDelegate handler) => context =>
        HttpMethods.IsPost(context.Request.Method) ? handler(context) : Answer.MethodNotAllowedAsync(context, HttpMethods.Post);

    private async Task KillTaskAsync(HttpContext context)
    {
        if (await FormBody.ReadAsync(context) is not { } form)
        {
            return;
        }

        await SendAsync(context, (form("framework_id"), form("task_id")) switch
        {
            (null, _) => Missing("framework_id"),
            (_, null) => Missing("task_id"),
            var (framework, task) => await commands.KillTaskAsync(framework, task, context.RequestAborted),
        });
    }

    private async Task TeardownAsync(HttpContext context)
    {
        if (await FormBody.ReadAsync(context) is not { } form)
        {
            return;
        }

        await SendAsync(context, form("frameworkId") is { } framework
            ? await commands.TeardownAsync(framework, context.RequestAborted)
            : Missing("frameworkId"));
    }

    private async Task WeightsAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            var view = await loop.ViewAsync(context.RequestAborted);
            await Answer.JsonAsync(context, output =>
            {
                using var json = new System.Text.Json.Utf8JsonWriter(output, JsonValues.Options);
                json.WriteStartArray();
                foreach (var weight in OperatorMessages.Weights(view))
                {
                    MessageText.Value(json, weight);
                }

                json.WriteEndArray();
            });
            return;
        }

        if (!HttpMethods.IsPut(context.Request.Method))
        {
            await Answer.MethodNotAllowedAsync(context, HttpMethods.Get, HttpMethods.Put);
            return;
        }

        if (await FormBody.TextAsync(context) is { } body)
        {
            var (weights, problem) = JsonArrayBody.Parse<WeightInfo>(body);
            await SendAsync(context, problem is null
                ? await commands.UpdateWeightsAsync(weights, context.RequestAborted)
                : Outcome.Bad($"Failed to parse update weights request JSON '{Shown(body)}': {problem}"));
        }
    }

    private async Task QuotaAsync(HttpContext context)
    {
        switch (context.Request.Method)
        {
            case "GET":
                await EmptyObjectAsync(context);
                break;
            case "POST" when await FormBody.TextAsync(context) is { } body:
                await SendAsync(context, JsonCodec.TryParse<QuotaRequest>(Encoding.UTF8.GetBytes(body), out var request, out var problem)
                    ? NotYet.SetQuota(request)
                    : Outcome.Bad($"Failed to parse set quota request JSON '{Shown(body)}': {problem.Text}"));
                break;
            case "POST":
                break;
            case "DELETE":
                await SendAsync(context, Outcome.Bad("Failed to parse remove quota request for path '/master/quota': expected 3 tokens, found 2 tokens"));
                break;
            default:
                await Answer.MethodNotAllowedAsync(context, HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete);
                break;
        }
    }

    private static Task QuotaOfRoleAsync(HttpContext context) => HttpMethods.IsDelete(context.Request.Method)
        ? SendAsync(context, NotYet.RemoveQuota(MesosRouter.Rest(context)))
        : Answer.MethodNotAllowedAsync(context, HttpMethods.Delete);

    private async Task ResourcesAsync(HttpContext context, string member, string what, string call)
    {
        if (await FormBody.ReadAsync(context) is not { } form)
        {
            return;
        }

        var view = await loop.ViewAsync(context.RequestAborted);
        await SendAsync(context, Resources(form, view, member, what, call));
    }

    private static Outcome Resources(Func<string, string?> form, MasterView view, string member, string what, string call)
    {
        if (form("slaveId") is not { } agent)
        {
            return Missing("slaveId");
        }

        if (form(member) is not { } text)
        {
            return Missing(member);
        }

        return JsonArrayBody.Parse<Resource>(text).Problem is { } problem
            ? Outcome.Bad($"Error parsing '{member}' query parameter in the request body: {problem}")
            : NotYet.ForAgent(new AgentID { Value = agent }, view, what, call);
    }

    private static async Task MachinesAsync(HttpContext context)
    {
        if (await FormBody.TextAsync(context) is { } body)
        {
            var (machines, problem) = JsonArrayBody.Parse<MachineID>(body);
            await SendAsync(context, problem is null ? NotYet.Machines(machines) : Outcome.Bad(problem));
        }
    }

    private static async Task ScheduleAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await EmptyObjectAsync(context);
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await Answer.MethodNotAllowedAsync(context, HttpMethods.Get, HttpMethods.Post);
            return;
        }

        if (await FormBody.TextAsync(context) is { } body)
        {
            await SendAsync(context, JsonCodec.TryParse<Schedule>(Encoding.UTF8.GetBytes(body), out var schedule, out var problem)
                ? NotYet.Schedule(schedule, "POST /maintenance/schedule")
                : Outcome.Bad(problem.Text));
        }
    }

    private static Task EmptyObjectAsync(HttpContext context) => Answer.JsonAsync(context, output => System.Buffers.BuffersExtensions.Write(output, "{}"u8));

    private static Task SendAsync(HttpContext context, Outcome outcome) => Answer.TextAsync(context, outcome.Status, outcome.Body);

    private static Outcome Missing(string name) => Outcome.Bad($"Missing '{name}' query parameter in the request body");

    private static string Shown(string body) => body.Length <= 256 ? body : body[..256] + "...";
}
