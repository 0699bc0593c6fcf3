using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tepui.Runtime.Http;
using Tepui.Services.Core;
using Tepui.Services.Core.Documents;

namespace Tepui.Services.Rest.Http;

/// <summary>The JSON document a client sent.</summary>
/// <param name="Node">The document; <see langword="null"/> for the JSON <c>null</c>.</param>
/// <param name="Key">Set when the client may repeat the request.</param>
internal sealed record RestBody(JsonNode? Node, IdempotencyKey? Key)
{
    /// <summary>Largest document, in bytes: room for thousands of apps in one group.</summary>
    public const int BytesMax = 32 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    /// <summary>Reads the document of a request.</summary>
    /// <returns><see langword="null"/> after an error was answered (400, 413 or 415).</returns>
    public static async Task<RestBody?> ReadAsync(RestCall call)
    {
        var context = call.Context;
        if (!IsJson(context.Request.ContentType))
        {
            await RestAnswer.StatusAsync(context, StatusCodes.Status415UnsupportedMediaType);
            return null;
        }

        using var body = await RequestBody.ReadAsync(context, BytesMax, (status, text) => RestAnswer.ErrorAsync(context, status, text));
        if (body is null)
        {
            return null;
        }

        try
        {
            var node = JsonNode.Parse(body.WrittenSpan, documentOptions: Options);
            if (DocumentText.Problem(node) is not { } problem)
            {
                return new RestBody(node, KeyOf(context, body.WrittenSpan));
            }

            await InvalidAsync(context, problem);
            return null;
        }
        catch (JsonException e)
        {
            await InvalidAsync(context, body.WrittenCount == 0 ? "The body is empty; a JSON document is needed" : e.Message);
            return null;
        }
    }

    /// <summary>The idempotency key of a request without a body, if it bears one.</summary>
    public static IdempotencyKey? KeyOf(HttpContext context) => KeyOf(context, []);

    private static IdempotencyKey? KeyOf(HttpContext context, ReadOnlySpan<byte> body)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        return key.Length == 0 ? null : new(key, $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {Convert.ToHexStringLower(SHA256.HashData(body))}");
    }

    private static Task InvalidAsync(HttpContext context, string details) => RestAnswer.JsonAsync(context, StatusCodes.Status400BadRequest, json =>
    {
        json.WriteStartObject();
        json.WriteString("message"u8, "Invalid JSON");
        json.WriteString("details"u8, details);
        json.WriteEndObject();
    });

    // Clients that say nothing mean JSON.
    private static bool IsJson(string? contentType) =>
        string.IsNullOrEmpty(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var media) && (media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)));
}
