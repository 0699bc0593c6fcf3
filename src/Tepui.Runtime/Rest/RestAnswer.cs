using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Rest;

/// <summary>Writes answers.</summary>
public static class RestAnswer
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

    /// <summary>A text.</summary>
    public static Task TextAsync(HttpContext context, int status, string contentType, string text)
    {
        context.Response.StatusCode = status;
        return Answer.BytesAsync(context, contentType, Encoding.UTF8.GetBytes(text));
    }
}
