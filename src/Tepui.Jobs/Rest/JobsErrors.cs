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

    /// <summary>400 for a document with problems.</summary>
    public static Task InvalidAsync(HttpContext context, IReadOnlyList<Problem> problems) =>
        ErrorAsync(context, StatusCodes.Status400BadRequest, string.Join("; ", problems), problems);

    /// <summary>400 for a job there is not, as Chronos answers.</summary>
    public static Task UnknownJobAsync(HttpContext context, string name) => ErrorAsync(context, StatusCodes.Status400BadRequest, $"Job '{Shown(name)}' not found");

    /// <summary>Cuts a text of a client for a message.</summary>
    public static string Shown(string text) => text.Length <= 250 ? text : text[..(char.IsHighSurrogate(text[249]) ? 249 : 250)] + "…";
}
