using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Http;

namespace Tepui.Jobs.Rest.Json;

/// <summary>200 with a list. Long ones go out as they are written: a list of all jobs never lies in memory as a whole.</summary>
internal static class ListAnswer
{
    // Shorter lists are written at once, with their length, and compressed for clients that take it.
    private const int StreamedFrom = 1000;
    private const int BatchBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="before">What stands before the list.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes one.</param>
    /// <param name="after">What stands behind it.</param>
    public static Task WriteAsync<T>(HttpContext context, ReadOnlySpan<byte> before, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, ReadOnlySpan<byte> after)
    {
        var (head, tail) = (before.ToArray(), after.ToArray());
        return items.Count < StreamedFrom ? WholeAsync(context, head, items, write, tail) : StreamAsync(context, head, items, write, tail);
    }

    private static async Task WholeAsync<T>(HttpContext context, byte[] head, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, byte[] tail)
    {
        using var buffer = new PooledBuffer();
        buffer.Write(head);
        JsonText.Write(buffer, json =>
        {
            json.WriteStartArray();
            foreach (var item in items)
            {
                write(json, item);
            }

            json.WriteEndArray();
        });
        buffer.Write(tail);
        context.Response.StatusCode = StatusCodes.Status200OK;
        await Answer.BytesAsync(context, MediaTypes.Json, buffer.Written);
    }

    private static async Task StreamAsync<T>(HttpContext context, byte[] head, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, byte[] tail)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = MediaTypes.Json;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var body = response.BodyWriter;
        await body.WriteAsync(head, context.RequestAborted);
        await using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartArray();
            foreach (var item in items)
            {
                write(json, item);
                if (json.BytesPending + body.UnflushedBytes > BatchBytes)
                {
                    json.Flush();
                    await body.FlushAsync(context.RequestAborted);
                }
            }

            json.WriteEndArray();
        }

        await body.WriteAsync(tail, context.RequestAborted);
    }
}
