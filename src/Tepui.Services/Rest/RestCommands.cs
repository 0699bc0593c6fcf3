using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core;
using Tepui.Services.Core.Commands;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Hands the wishes of clients to the core and writes what all their answers have in common.</summary>
internal sealed class RestCommands(ServicesLoop loop)
{
    // In bytes: the store's keys hold it.
    private const int KeyMax = 255;

    /// <summary>Reads the document of a request, hands the wish made of it over, and answers.</summary>
    /// <param name="call">The request.</param>
    /// <param name="command">Makes the wish.</param>
    /// <param name="answerAsync">Answers when it was carried out; refusals are answered here.</param>
    public async Task WithBodyAsync(RestCall call, Func<RestBody, ServicesCommand> command, Func<CommandOutcome, Task> answerAsync)
    {
        if (await RestBody.ReadAsync(call) is { } body)
        {
            await RunAsync(call, command(body), body.Key, answerAsync);
        }
    }

    /// <summary>Hands a wish over, and answers.</summary>
    public Task RunAsync(RestCall call, ServicesCommand command, Func<CommandOutcome, Task> answerAsync) => RunAsync(call, command, RestBody.KeyOf(call.Context), answerAsync);

    /// <summary>Answers that a deployment began: <c>{version,deploymentId}</c>.</summary>
    public static Task DeployedAsync(RestCall call, CommandOutcome outcome, int status = StatusCodes.Status200OK)
    {
        var deployed = (CommandOutcome.Deployed)outcome;
        SetDeployment(call, deployed);
        return RestAnswer.JsonAsync(call.Context, status, json =>
        {
            json.WriteStartObject();
            json.WriteTime("version"u8, deployed.Version);
            json.WriteString("deploymentId"u8, deployed.Deployment);
            json.WriteEndObject();
        });
    }

    /// <summary>Names the deployment in a header.</summary>
    public static void SetDeployment(RestCall call, CommandOutcome.Deployed deployed)
    {
        if (deployed.Deployment.Length > 0)
        {
            call.Context.Response.Headers["Marathon-Deployment-Id"] = deployed.Deployment;
        }
    }

    private async Task RunAsync(RestCall call, ServicesCommand command, RestKey? key, Func<CommandOutcome, Task> answerAsync)
    {
        if (key is not null && Encoding.UTF8.GetByteCount(key.Key) is var length and > KeyMax)
        {
            await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"The Idempotency-Key has {length} bytes; at most {KeyMax} are allowed");
            return;
        }

        var outcome = await loop.CallAsync(command, call.Origin, key is null ? null : new IdempotencyKey(key.Key, key.Fingerprint), call.Cancel);
        await (outcome is CommandOutcome.Refused refused ? RefuseAsync(call.Context, refused) : answerAsync(outcome));
    }

    private static Task RefuseAsync(HttpContext context, CommandOutcome.Refused refused) => RestAnswer.JsonAsync(context, StatusOf(refused.Kind), json =>
    {
        json.WriteStartObject();
        json.WriteString("message"u8, refused.Message);
        if (refused.Problems.Count > 0 || refused.HasDetails)
        {
            WriteDetails(json, refused.Problems);
        }

        if (refused.Deployments.Count > 0)
        {
            WriteDeployments(json, refused.Deployments);
        }

        json.WriteEndObject();
    });

    private static void WriteDetails(Utf8JsonWriter json, IReadOnlyList<PathProblem> problems)
    {
        json.WriteStartArray("details"u8);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, problem.Path);
            json.WriteTexts("errors"u8, problem.Errors);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDeployments(Utf8JsonWriter json, IReadOnlyList<string> deployments)
    {
        json.WriteStartArray("deployments"u8);
        foreach (var deployment in deployments)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, deployment);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.BadRequest => StatusCodes.Status400BadRequest,
        RefusalKind.TooManyDeployments => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict or RefusalKind.Locked => StatusCodes.Status409Conflict,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status500InternalServerError,
    };
}
