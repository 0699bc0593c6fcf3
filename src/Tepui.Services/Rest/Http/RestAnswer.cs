using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tepui.Runtime.Http;

namespace Tepui.Services.Rest.Http;

/// <summary>Writes answers the way clients of the API expect them.</summary>
internal static class RestAnswer
{
    /// <summary>A JSON document.</summary>
    public static async Task JsonAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        JsonText.Write(buffer, write);
        context.Response.StatusCode = status;
        await Answer.BytesAsync(context, MediaTypes.Json, buffer.Written);
    }

    /// <summary>200 with a JSON document.</summary>
    public static Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write) => JsonAsync(context, StatusCodes.Status200OK, write);

    /// <summary>A status alone.</summary>
    public static Task EmptyAsync(HttpContext context, int status) => Answer.EmptyAsync(context, status);

    /// <summary>An error with a message.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">Of HTTP.</param>
    /// <param name="message">For people.</param>
    /// <param name="hasDetails">Whether an empty list of details is part of the answer, as where something was looked up.</param>
    public static Task ErrorAsync(HttpContext context, int status, string message, bool hasDetails = false) => JsonAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("message"u8, message);
        if (hasDetails)
        {
            json.WriteStartArray("details"u8);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    /// <summary>An error whose message is the status in words.</summary>
    public static Task StatusAsync(HttpContext context, int status) => ErrorAsync(context, status, ReasonPhrases.GetReasonPhrase(status));

    /// <summary>404 for something looked up: <c>App '/x' does not exist</c>.</summary>
    public static Task MissingAsync(HttpContext context, string kind, string id, string? version = null) =>
        ErrorAsync(context, StatusCodes.Status404NotFound, version is null ? $"{kind} '{id}' does not exist" : $"{kind} '{id}' does not exist in version {version}", hasDetails: true);

    /// <summary>404 for an address nobody serves.</summary>
    public static Task UnknownAsync(HttpContext context) => ErrorAsync(context, StatusCodes.Status404NotFound, "URI not found");

    /// <summary>A text.</summary>
    public static Task TextAsync(HttpContext context, int status, string contentType, string text)
    {
        context.Response.StatusCode = status;
        return Answer.BytesAsync(context, contentType, System.Text.Encoding.UTF8.GetBytes(text));
    }
}
