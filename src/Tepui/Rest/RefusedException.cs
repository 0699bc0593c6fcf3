using System.Net;
using System.Text.Json.Nodes;

namespace Tepui.Rest;

/// <summary>A server answered a request with a status of 300 or more, or with something that is not its own.</summary>
internal sealed class RefusedException(string request, HttpStatusCode status, JsonNode? body, string text, JsonNode? sent = null) : Exception(text)
{
    /// <summary>Method and path, as in <c>PUT /v2/apps/web</c>.</summary>
    public string Request { get; } = request;

    /// <summary>The status.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The answer, if it is JSON.</summary>
    public JsonNode? Body { get; } = body;

    /// <summary>What was sent: the paths of problems point into it.</summary>
    public JsonNode? Sent { get; } = sent;
}
