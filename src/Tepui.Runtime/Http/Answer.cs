using System.Buffers;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tepui.Protocol.Json;

namespace Tepui.Runtime.Http;

/// <summary>Writes answers the way clients of the API expect them: status texts, JSON with <c>?jsonp=</c>, gzip, empty bodies without a content type.</summary>
public static class Answer
{
    /// <summary>Bodies from this size on are compressed when the client accepts gzip, in bytes.</summary>
    public const int GzipThreshold = 1024;

    /// <summary>A status without a body: <c>Content-Length: 0</c>, no content type.</summary>
    public static Task EmptyAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>An error without a body but with the content type of errors (unknown file paths).</summary>
    public static Task EmptyErrorAsync(HttpContext context, int status)
    {
        context.Response.ContentType = MediaTypes.Text;
        return EmptyAsync(context, status);
    }

    /// <summary>A plain text; an empty one is <see cref="EmptyAsync"/>.</summary>
    public static Task TextAsync(HttpContext context, int status, string body)
    {
        if (body.Length == 0)
        {
            return EmptyAsync(context, status);
        }

        context.Response.StatusCode = status;
        return BytesAsync(context, MediaTypes.Text, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>A status whose body is its own words, as in <c>404 Not Found.</c></summary>
    public static Task StatusAsync(HttpContext context, int status) =>
        TextAsync(context, status, $"{status} {ReasonPhrases.GetReasonPhrase(status)}.");

    /// <summary>405 with <c>Allow</c> and the text that names the allowed and the received method.</summary>
    public static Task MethodNotAllowedAsync(HttpContext context, params string[] allowed)
    {
        context.Response.Headers.Allow = string.Join(", ", allowed);
        return TextAsync(
            context,
            StatusCodes.Status405MethodNotAllowed,
            $"405 Method Not Allowed. Expecting one of {{ {string.Join(", ", allowed.Select(m => $"'{m}'"))} }}, but received '{context.Request.Method}'.");
    }

    /// <summary>307 to <paramref name="location"/>, with an empty body.</summary>
    public static Task RedirectAsync(HttpContext context, string location)
    {
        context.Response.Headers.Location = location;
        return EmptyAsync(context, StatusCodes.Status307TemporaryRedirect);
    }

    /// <summary>200 with JSON written by <paramref name="write"/>; honours <c>?jsonp=NAME</c> and gzip.</summary>
    public static async Task JsonAsync(HttpContext context, Action<IBufferWriter<byte>> write, int status = StatusCodes.Status200OK)
    {
        using var buffer = new PooledBuffer();
        var padding = context.Request.Query["jsonp"].ToString();
        context.Response.StatusCode = status;
        if (padding.Length == 0)
        {
            write(buffer);
            await BytesAsync(context, MediaTypes.Json, buffer.Written);
            return;
        }

        buffer.Write(Encoding.UTF8.GetBytes(padding + "("));
        write(buffer);
        buffer.Write(");"u8);
        await BytesAsync(context, MediaTypes.JavaScript, buffer.Written);
    }

    /// <summary>200 with a message in the wanted format; gzip when wanted.</summary>
    public static async Task MessageAsync(HttpContext context, IMessage message, WireFormat format, JsonWriteOptions? options = null)
    {
        using var buffer = new PooledBuffer();
        MessageFormat.Write(message, format, buffer, options);
        context.Response.StatusCode = StatusCodes.Status200OK;
        await BytesAsync(context, MediaTypes.Of(format), buffer.Written);
    }

    /// <summary>Sends a body with its length, compressed when it is large enough and the client accepts gzip. The status is the one set before.</summary>
    public static async Task BytesAsync(HttpContext context, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.ContentType = contentType;
        if (body.Length < GzipThreshold || !AcceptsGzip(context.Request))
        {
            await SendAsync(context, body);
            return;
        }

        using var packed = new PooledBuffer(body.Length / 4);
        Gzip.Compress(body.Span, packed);
        response.Headers.ContentEncoding = "gzip";
        await SendAsync(context, packed.Written);
    }

    private static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static bool AcceptsGzip(HttpRequest request)
    {
        var header = request.Headers.AcceptEncoding;
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header, out var encodings))
        {
            return false;
        }

        foreach (var encoding in encodings)
        {
            if (encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) || encoding.Value.Equals("*", StringComparison.Ordinal))
            {
                return encoding.Quality is not 0;
            }
        }

        return false;
    }
}
