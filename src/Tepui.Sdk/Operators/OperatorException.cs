using System.Net;

namespace Tepui.Sdk.Operators;

/// <summary>A master or agent refused a call.</summary>
/// <param name="status">Its HTTP status.</param>
/// <param name="body">What it said, plain text.</param>
public sealed class OperatorException(HttpStatusCode status, string body)
    : Exception(body.Length == 0 ? $"answered {(int)status}" : $"answered {(int)status}: {body.TrimEnd()}")
{
    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The body, plain text; may be empty.</summary>
    public string Body { get; } = body;
}
