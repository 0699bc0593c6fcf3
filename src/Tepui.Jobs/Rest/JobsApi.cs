using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>What is Chronos' own in how requests are answered.</summary>
/// <param name="isOpen">Whether origins are left to the standard: pages of any site may read, as clients are used to.</param>
internal sealed class JobsApi(bool isOpen) : RestApi
{
    /// <inheritdoc/>
    public override Task ErrorAsync(HttpContext context, int status, string message) => JobsErrors.ErrorAsync(context, status, message);

    /// <inheritdoc/>
    public override Task InvalidJsonAsync(HttpContext context, string details) => JobsErrors.ErrorAsync(context, StatusCodes.Status400BadRequest, $"The body is no JSON document: {details}");

    /// <inheritdoc/>
    public override void SetHeaders(HttpContext context)
    {
        if (isOpen)
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
        }
    }

    // A stream lasts as long as its client likes.
    /// <inheritdoc/>
    public override bool Lasts(HttpRequest request) =>
        request.Path.StartsWithSegments("/scheduler/events", StringComparison.Ordinal) || request.Path.StartsWithSegments("/v1/scheduler/events", StringComparison.Ordinal);
}
