using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tepui.Runtime.Http;

/// <summary>The last catch around every request: a short answer to the client, the whole story to the log.</summary>
internal sealed partial class ErrorAnswers(ILogger log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client left; nobody is there to be answered.
        }
        catch (BadHttpRequestException e)
        {
            await FailAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is Mailboxes.MailboxClosedException or MemoryBudgetException)
        {
            await FailAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (Exception e)
        {
            RequestFailed(log, e, context.Request.Method, context.Request.Path, context.TraceIdentifier);
            await FailAsync(context, StatusCodes.Status500InternalServerError, $"Internal error; see the log for request {context.TraceIdentifier}.");
        }
    }

    private static Task FailAsync(HttpContext context, int status, string body)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return Answer.TextAsync(context, status, body);
    }

    [LoggerMessage(1, LogLevel.Error, "Request {Method} {Path} failed ({Trace})")]
    private static partial void RequestFailed(ILogger logger, Exception e, string method, string path, string trace);
}
