using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Runtime.Http;
using Tepui.Runtime.Mailboxes;
using Tepui.Runtime.Rest;

namespace Tepui.Services.Rest.Http;

/// <summary>What every request passes before it is served: headers of all answers, CORS, credentials, the limit on requests at one time, and the last catch.</summary>
/// <param name="options">How.</param>
/// <param name="logger">Where failures go.</param>
internal sealed class RestGate(RestGateOptions options, ILogger logger)
{
    private readonly byte[]? _credentials = options.Credentials is { } credentials ? Encoding.UTF8.GetBytes(credentials) : null;
    private int _open;

    /// <summary>Requests under way, those that last left out.</summary>
    public int Open => Volatile.Read(ref _open);

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
            await RestAnswer.ErrorAsync(context, StatusCodes.Status403Forbidden, problem);
            return;
        }

        if (!IsAllowed(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = $"Basic realm=\"{options.Realm}\"";
            await RestAnswer.StatusAsync(context, StatusCodes.Status401Unauthorized);
            return;
        }

        var counted = !Lasts(context.Request);
        try
        {
            if (counted && Interlocked.Increment(ref _open) > (options.RequestsMax ?? int.MaxValue))
            {
                await RestAnswer.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, $"More than {options.RequestsMax} requests are under way (--http_max_concurrent_requests); try again later");
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

    // A stream, and a wait for a deployment, last as long as their clients like: they are no work under way.
    private static bool Lasts(HttpRequest request) =>
        request.Path.StartsWithSegments("/v2/events", StringComparison.Ordinal)
        || (HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments("/v2/deployments", StringComparison.Ordinal) && request.Query.ContainsKey("wait"));

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
            logger.RequestFailed(e, context.Request.Method, context.Request.Path, context.TraceIdentifier);
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
        await RestAnswer.ErrorAsync(context, status, message);
    }

    private void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache, no-store, must-revalidate";
        headers.Pragma = "no-cache";
        headers.Expires = "0";
        headers.XFrameOptions = "DENY";
        headers.XXSSProtection = "1; mode=block";
        headers["X-Marathon-Leader"] = options.Leader();
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
}
