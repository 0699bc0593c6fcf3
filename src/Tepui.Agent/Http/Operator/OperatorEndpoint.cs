using Microsoft.AspNetCore.Http;
using Tepui.Agent.Loop;
using Tepui.Protocol.Json;
using Tepui.Protocol.V1.Agent;
using Tepui.Runtime.Files;
using Tepui.Runtime.Http;
using Tepui.Runtime.Logs;
using Kind = Tepui.Protocol.V1.Agent.Call.Types.Type;

namespace Tepui.Agent.Http.Operator;

/// <summary><c>/api/v1</c>: what operators ask and order.</summary>
internal sealed class OperatorEndpoint(AgentLoop loop, OperatorReads reads, VirtualFiles files, LoggingLevel logging)
{
    private readonly CallReader<Call> _reader = new(recordIo: true);

    /// <summary>Serves one request.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (IsInputStream(context.Request))
        {
            await SendAsync(context, Outcome.NotYet("Attaching to the input of a container", "ATTACH_CONTAINER_INPUT"));
            return;
        }

        if (await _reader.ReadAsync(context) is not { } call)
        {
            return;
        }

        if (OperatorRules.Problem(call) is { } problem)
        {
            await SendAsync(context, Outcome.Bad($"Failed to validate agent::Call: {problem}"));
            return;
        }

        if (await MediaTypes.NegotiateAsync(context) is not { } format)
        {
            return;
        }

        switch (call.Type)
        {
            case Kind.Unknown:
                await Runtime.Http.Answer.StatusAsync(context, StatusCodes.Status501NotImplemented);
                break;
            case Kind.ListFiles:
                await SendAsync(context, format, OperatorFiles.List(files, call.ListFiles));
                break;
            case Kind.ReadFile:
                await SendAsync(context, format, await OperatorFiles.ReadAsync(files, call.ReadFile, context.RequestAborted));
                break;
            case Kind.SetLoggingLevel:
                await SendAsync(context, SetLoggingLevel(call.SetLoggingLevel));
                break;
            default:
                await ReadAsync(context, format, call);
                break;
        }
    }

    private async Task ReadAsync(HttpContext context, WireFormat format, Call call)
    {
        var view = await loop.ViewAsync(context.RequestAborted);
        if (view.Recovering && call.Type is Kind.GetState or Kind.GetTasks or Kind.GetExecutors or Kind.GetFrameworks or Kind.GetContainers)
        {
            await SendAsync(context, new Outcome(StatusCodes.Status503ServiceUnavailable, "Agent has not finished recovery"));
            return;
        }

        var response = reads.Answer(call, view);
        var otherwise = NotYet.Answer(call, view) ?? new Outcome(StatusCodes.Status501NotImplemented, "501 Not Implemented.");
        await SendAsync(context, format, (response, otherwise));
    }

    private Outcome SetLoggingLevel(Call.Types.SetLoggingLevel call)
    {
        var duration = TimeSpan.FromTicks(call.Duration.Nanoseconds / TimeSpan.NanosecondsPerTick);
        if (duration <= TimeSpan.Zero || duration > LoggingLevel.DurationMax)
        {
            return Outcome.Bad($"'set_logging_level.duration' is {duration}; it must be more than nothing and at most {LoggingLevel.DurationMax}");
        }

        logging.Set(call.Level, duration);
        return Outcome.Done;
    }

    /// <summary>Input is the one call that comes as a stream of records.</summary>
    private static bool IsInputStream(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Headers.ContentType.ToString().Equals(MediaTypes.RecordIo, StringComparison.Ordinal);

    private static Task SendAsync(HttpContext context, Outcome outcome) =>
        outcome is { Status: StatusCodes.Status404NotFound, Body: "" }
            ? Runtime.Http.Answer.EmptyErrorAsync(context, outcome.Status)
            : Runtime.Http.Answer.TextAsync(context, outcome.Status, outcome.Body);

    private static Task SendAsync(HttpContext context, WireFormat format, (Response? Response, Outcome Otherwise) answer) => answer.Response switch
    {
        null => SendAsync(context, answer.Otherwise),
        var response when format == WireFormat.Json => Runtime.Http.Answer.JsonAsync(context, output => JsonCodec.Write(response, output, JsonWriteOptions.OperatorAnswers)),
        var response => Runtime.Http.Answer.MessageAsync(context, response, format),
    };
}
