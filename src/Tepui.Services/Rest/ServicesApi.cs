using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Documents;

namespace Tepui.Services.Rest;

/// <summary>What is Marathon's own in how requests are answered.</summary>
/// <param name="leader">Address told in <c>X-Marathon-Leader</c>.</param>
internal sealed class ServicesApi(string leader) : RestApi
{
    /// <inheritdoc/>
    public override Task ErrorAsync(HttpContext context, int status, string message) => ServicesErrors.ErrorAsync(context, status, message);

    /// <inheritdoc/>
    public override Task InvalidJsonAsync(HttpContext context, string details) => RestAnswer.JsonAsync(context, StatusCodes.Status400BadRequest, json =>
    {
        json.WriteStartObject();
        json.WriteString("message"u8, "Invalid JSON");
        json.WriteString("details"u8, details);
        json.WriteEndObject();
    });

    /// <inheritdoc/>
    public override void SetHeaders(HttpContext context) => context.Response.Headers["X-Marathon-Leader"] = leader;

    // A stream, and a wait for a deployment, last as long as their clients like.
    /// <inheritdoc/>
    public override bool Lasts(HttpRequest request) =>
        request.Path.StartsWithSegments("/v2/events", StringComparison.Ordinal)
        || (HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments("/v2/deployments", StringComparison.Ordinal) && request.Query.ContainsKey("wait"));

    /// <inheritdoc/>
    public override string? Problem(JsonNode? document) => DocumentText.Problem(document);
}
