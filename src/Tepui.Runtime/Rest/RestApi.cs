using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tepui.Runtime.Rest;

/// <summary>What is one API's own in how requests are answered: the form of its errors, its headers, what lasts. Gate, router and body readers ask it.</summary>
public abstract class RestApi
{
    /// <summary>Answers an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">Of HTTP.</param>
    /// <param name="message">For people: what, and what is allowed.</param>
    public abstract Task ErrorAsync(HttpContext context, int status, string message);

    /// <summary>Answers that the body of a request is no JSON document, or none that can be used.</summary>
    /// <param name="context">The request.</param>
    /// <param name="details">What is wrong with it.</param>
    public abstract Task InvalidJsonAsync(HttpContext context, string details);

    /// <summary>Answers 404 for an address nobody serves.</summary>
    public virtual Task UnknownAsync(HttpContext context) => ErrorAsync(context, StatusCodes.Status404NotFound, "URI not found");

    /// <summary>Adds headers that all answers bear.</summary>
    public virtual void SetHeaders(HttpContext context)
    {
    }

    /// <summary>Whether a request lasts as long as its client likes, as a stream does, and is thus no work under way.</summary>
    public virtual bool Lasts(HttpRequest request) => false;

    /// <summary>What makes a document unusable as a whole, or <see langword="null"/>.</summary>
    public virtual string? Problem(JsonNode? document) => null;
}
