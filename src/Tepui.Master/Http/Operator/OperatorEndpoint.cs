using Microsoft.AspNetCore.Http;
using Tepui.Master.Loop;
using Tepui.Protocol.V1.Master;
using Tepui.Runtime.Files;
using Tepui.Runtime.Http;
using Tepui.Runtime.Logs;
using Kind = Tepui.Protocol.V1.Master.Call.Types.Type;

namespace Tepui.Master.Http.Operator;

/// <summary><c>/api/v1</c>: what operators ask and order.</summary>
internal sealed class OperatorEndpoint(
    MasterLoop loop,
    OperatorReads reads,
    OperatorCommands commands,
    OperatorStreams streams,
    VirtualFiles files,
    LoggingLevel logging)
{
    private readonly CallReader<Call> _reader = new();

    /// <summary>Serves one request.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (await _reader.ReadAsync(context) is not { } call)
        {
            return;
        }

        if (OperatorRules.Problem(call) is { } problem)
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, $"Failed to validate master::Call: {problem}");
            return;
        }

        if (await MediaTypes.NegotiateAsync(context) is not { } format)
        {
            return;
        }

        switch (call.Type)
        {
            case Kind.Unknown:
                await Answer.StatusAsync(context, StatusCodes.Status501NotImplemented);
                break;
            case Kind.Subscribe:
                await streams.ServeAsync(context, format);
                break;
            case Kind.ListFiles:
                await SendAsync(context, format, OperatorFiles.List(files, call.ListFiles), new Outcome(StatusCodes.Status404NotFound, ""));
                break;
            case Kind.ReadFile:
                var (piece, end) = await OperatorFiles.ReadAsync(files, call.ReadFile, context.RequestAborted);
                await SendAsync(context, format, piece, end);
                break;
            case Kind.SetLoggingLevel:
                await SendAsync(context, SetLoggingLevel(call.SetLoggingLevel));
                break;
            case Kind.Teardown:
                await SendAsync(context, await commands.TeardownAsync(call.Teardown.FrameworkId.Value, context.RequestAborted));
                break;
            case Kind.MarkAgentGone:
                await SendAsync(context, await commands.MarkAgentGoneAsync(call.MarkAgentGone.AgentId.Value, context.RequestAborted));
                break;
            case Kind.UpdateWeights:
                await SendAsync(context, await commands.UpdateWeightsAsync(call.UpdateWeights.WeightInfos, context.RequestAborted));
                break;
            default:
                await ReadAsync(context, call, format);
                break;
        }
    }

    private async Task ReadAsync(HttpContext context, Call call, WireFormat format)
    {
        var view = await loop.ViewAsync(context.RequestAborted);
        var notYet = NotYet.Answer(call, view);
        await SendAsync(context, format, notYet is null ? reads.Answer(call.Type, view) : null, notYet ?? new Outcome(StatusCodes.Status501NotImplemented, "501 Not Implemented."));
    }

    private Outcome SetLoggingLevel(Call.Types.SetLoggingLevel call)
    {
        var duration = TimeSpan.FromTicks(call.Duration.Nanoseconds / 100);
        if (duration <= TimeSpan.Zero || duration > LoggingLevel.DurationMax)
        {
            return Outcome.Bad($"'set_logging_level.duration' is {duration}; it must be more than nothing and at most {LoggingLevel.DurationMax}");
        }

        logging.Set(call.Level, duration);
        return new Outcome(StatusCodes.Status200OK, "");
    }

    private static Task SendAsync(HttpContext context, Outcome outcome) =>
        outcome is { Status: StatusCodes.Status404NotFound, Body: "" }
            ? Answer.EmptyErrorAsync(context, outcome.Status)
            : Answer.TextAsync(context, outcome.Status, outcome.Body);

    private static Task SendAsync(HttpContext context, WireFormat format, Response? response, Outcome otherwise) => response switch
    {
        null => SendAsync(context, otherwise),
        _ when format == WireFormat.Json => Answer.JsonAsync(context, output => OperatorJson.Write(output, response)),
        _ => Answer.MessageAsync(context, response, format),
    };
}
