using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Tepui.Runtime.Http;
using Tepui.Runtime.Mailboxes;

namespace Tepui.Runtime.Rest;

/// <summary>What every request passes before it is served: headers of all answers, CORS, credentials, the limit on requests at one time, and the last catch.</summary>
/// <param name="options">How.</param>
/// <param name="api">What is the API's own.</param>
/// <param name="logger">Where failures go.</param>
public sealed partial class RestGate(RestGateOptions options, RestApi api, ILogger logger)
{
    private readonly byte[]? _credentials = options.Credentials is { } credentials ? Encoding.UTF8.GetBytes(credentials) : null;
    private int _open;

    /// <summary>Requests under way, those that last left out.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Serves a request by <paramref name="router"/> if it may pass; endpoints of other parts, as of the web page, were found by the routing before.</summary>
    /// <param name="context">The request.</param>
    /// <param name="router">The routes of the API.</param>
    /// <param name="next">Serves endpoints of other parts.</param>
    public Task InvokeAsync(HttpContext context, RestRouter router, RequestDelegate next) => InvokeAsync(context, async passed =>
    {
        if (!await router.TryServeAsync(passed))
        {
            await (passed.GetEndpoint() is not null ? next(passed) : api.UnknownAsync(passed));
        }
    });

    /// <summary>Serves a request through <paramref name="serve"/> if it may pass.</summary>
    public async Task InvokeAsync(HttpContext context, Func<HttpContext, Task> serve)
    {
        SetHeaders(context);
        if (CrossSite.IsPreflight(context.Request))
        {
            // Browsers ask without credentials.
            await RestAnswer.EmptyAsync(context, StatusCodes.Status200OK);
            return;
        }

        if (CrossSite.Problem(context.Request, options.AllowedOrigins) is { } problem)
        {
            await api.ErrorAsync(context, StatusCodes.Status403Forbidden, problem);
            return;
        }

        if (!IsAllowed(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = $"Basic realm=\"{options.Realm}\"";
            await api.ErrorAsync(context, StatusCodes.Status401Unauthorized, ReasonPhrases.GetReasonPhrase(StatusCodes.Status401Unauthorized));
            return;
        }

        var counted = !api.Lasts(context.Request);
        try
        {
            if (counted && Interlocked.Increment(ref _open) > (options.RequestsMax ?? int.MaxValue))
            {
                await api.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, $"More than {options.RequestsMax} requests are under way (--http_max_concurrent_requests); try again later");
                return;
            }

            await ServeAsync(context, serve);
        }
        finally
        {
            if (counted)
            {
                Interlocked.Decrement(ref _open);
            }
        }
    }

    private async Task ServeAsync(HttpContext context, Func<HttpContext, Task> serve)
    {
        try
        {
            await serve(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client left; nobody is there to be answered.
        }
        catch (BadHttpRequestException e)
        {
            await FailAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is MailboxClosedException or MemoryBudgetException)
        {
            await FailAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (Exception e)
        {
            RequestFailed(logger, e, context.Request.Method, context.Request.Path, context.TraceIdentifier);
            await FailAsync(context, StatusCodes.Status500InternalServerError, $"Internal error; see the log for request {context.TraceIdentifier}");
        }
    }

    private async Task FailAsync(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        SetHeaders(context);
        await api.ErrorAsync(context, status, message);
    }

    private void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache, no-store, must-revalidate";
        headers.Pragma = "no-cache";
        headers.Expires = "0";
        headers.XFrameOptions = "DENY";
        headers.XXSSProtection = "1; mode=block";
        foreach (var origin in options.AllowedOrigins)
        {
            headers.Append("Access-Control-Allow-Origin", origin);
        }

        if (options.AllowedOrigins.Count > 0)
        {
            headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
            headers.AccessControlMaxAge = "86400";
        }

        if (!options.Compress)
        {
            context.Request.Headers.Remove("Accept-Encoding");
        }

        api.SetHeaders(context);
    }

    private bool IsAllowed(HttpRequest request)
    {
        if (_credentials is null)
        {
            return true;
        }

        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given) || !given.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var bytes = new byte[given.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(given.Parameter ?? "", bytes, out var length) && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, length), _credentials);
    }

    [LoggerMessage(2, LogLevel.Error, "Request {Method} {Path} failed ({Trace})")]
    private static partial void RequestFailed(ILogger logger, Exception e, string method, string path, string trace);
}
