using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tepui.Model;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Writes errors the way clients of the API expect them: the status in words, a message, and all problems of a document.</summary>
internal static class JobsErrors
{
    /// <summary>An error with a message.</summary>
    public static Task ErrorAsync(HttpContext context, int status, string message) => ErrorAsync(context, status, message, []);

    /// <summary>An error with a message and problems.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">Of HTTP.</param>
    /// <param name="message">For people.</param>
    /// <param name="problems">Each with its place in the document.</param>
    public static Task ErrorAsync(HttpContext context, int status, string message, IReadOnlyList<Problem> problems) => RestAnswer.JsonAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("status"u8, ReasonPhrases.GetReasonPhrase(status));
        json.WriteString("message"u8, message);
        json.WriteStartArray("problems"u8);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, problem.Path);
            json.WriteString("message"u8, problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
