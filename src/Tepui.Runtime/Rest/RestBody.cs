using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Rest;

/// <summary>The JSON document a client sent.</summary>
/// <param name="Node">The document; <see langword="null"/> for the JSON <c>null</c>.</param>
/// <param name="Key">Set when the client may repeat the request.</param>
public sealed record RestBody(JsonNode? Node, RestKey? Key)
{
    /// <summary>Largest document, in bytes: room for thousands of apps or jobs.</summary>
    public const int BytesMax = 32 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    /// <summary>Reads the document of a request.</summary>
    /// <returns><see langword="null"/> after an error was answered (400, 413 or 415).</returns>
    public static async Task<RestBody?> ReadAsync(RestCall call)
    {
        var context = call.Context;
        if (!IsJson(context.Request.ContentType))
        {
            await call.Api.ErrorAsync(context, StatusCodes.Status415UnsupportedMediaType, ReasonPhrases.GetReasonPhrase(StatusCodes.Status415UnsupportedMediaType));
            return null;
        }

        using var body = await RequestBody.ReadAsync(context, BytesMax, (status, text) => call.Api.ErrorAsync(context, status, text));
        if (body is null)
        {
            return null;
        }

        try
        {
            var node = JsonNode.Parse(body.WrittenSpan, documentOptions: Options);
            if (call.Api.Problem(node) is not { } problem)
            {
                return new RestBody(node, KeyOf(context, body.WrittenSpan));
            }

            await call.Api.InvalidJsonAsync(context, problem);
            return null;
        }
        catch (JsonException e)
        {
            await call.Api.InvalidJsonAsync(context, body.WrittenCount == 0 ? "The body is empty; a JSON document is needed" : e.Message);
            return null;
        }
    }

    /// <summary>The idempotency key of a request without a body, if it bears one.</summary>
    public static RestKey? KeyOf(HttpContext context) => KeyOf(context, []);

    private static RestKey? KeyOf(HttpContext context, ReadOnlySpan<byte> body)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        return key.Length == 0 ? null : new(key, $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {Convert.ToHexStringLower(SHA256.HashData(body))}");
    }

    /// <summary>Whether a <c>Content-Type</c> is that of JSON. Clients that say nothing mean JSON.</summary>
    public static bool IsJson(string? contentType) =>
        string.IsNullOrEmpty(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var media) && (media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)));
}
