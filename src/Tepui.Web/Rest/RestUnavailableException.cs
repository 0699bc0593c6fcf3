using System.Net;

namespace Tepui.Web.Rest;

/// <summary>A scheduler did not answer as it should. The message names the address and what came instead.</summary>
public sealed class RestUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The status it answered with, where that is the trouble.</summary>
    public HttpStatusCode? Status { get; init; }
}
