using Microsoft.AspNetCore.Http;
using Tepui.Jobs.Core.Specs;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>What is Chronos' own in how requests are answered.</summary>
/// <param name="origins">Origins whose pages may change jobs; <c>*</c> for all. Pages of any origin may read, as clients are used to.</param>
internal sealed class JobsApi(IReadOnlyList<string> origins) : RestApi
{
    /// <inheritdoc/>
    public override Task ErrorAsync(HttpContext context, int status, string message) => JobsErrors.ErrorAsync(context, status, message);

    /// <inheritdoc/>
    public override Task InvalidJsonAsync(HttpContext context, string details) => JobsErrors.ErrorAsync(context, StatusCodes.Status400BadRequest, $"The body is no JSON document: {details}");

    /// <summary>404; 400 for jobs with names that no job can have, as one with a slash.</summary>
    public override Task UnknownAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        foreach (var prefix in JobsRouter.Prefixes)
        {
            var start = prefix + "/job/";
            if (path.StartsWith(start, StringComparison.Ordinal)
                && path[start.Length..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) is var name
                && !JobName.TryParse(name, out _, out var problem))
            {
                return ErrorAsync(context, StatusCodes.Status400BadRequest, $"Job '{JobsErrors.Shown(name)}' not found: the name {JobsErrors.Shown(problem)}");
            }
        }

        return base.UnknownAsync(context);
    }

    /// <inheritdoc/>
    public override void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = CrossSite.IsAmong(context.Request.Headers.Origin.ToString(), origins) ? "GET, HEAD, OPTIONS, POST, PUT, DELETE" : "GET, HEAD, OPTIONS";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Idempotency-Key";
    }

    // A stream lasts as long as its client likes.
    /// <inheritdoc/>
    public override bool Lasts(HttpRequest request) => JobsRouter.Prefixes.Any(prefix => request.Path.StartsWithSegments(prefix + "/events", StringComparison.Ordinal));
}
