using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tepui.Runtime.Rest;

namespace Tepui.Services.Rest;

/// <summary>Writes errors the way clients of the API expect them.</summary>
internal static class ServicesErrors
{
    /// <summary>An error with a message.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">Of HTTP.</param>
    /// <param name="message">For people.</param>
    /// <param name="hasDetails">Whether an empty list of details is part of the answer, as where something was looked up.</param>
    public static Task ErrorAsync(HttpContext context, int status, string message, bool hasDetails = false) => RestAnswer.JsonAsync(context, status, json =>
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
}
