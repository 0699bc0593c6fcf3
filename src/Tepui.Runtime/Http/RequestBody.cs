using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Tepui.Runtime.Http;

/// <summary>Reads whole request bodies within a limit, unpacking gzip.</summary>
public static class RequestBody
{
    /// <summary>Largest body unless an endpoint says otherwise: 32 MiB.</summary>
    public const int DefaultLimit = 32 * 1024 * 1024;

    // Who sends large bodies is not to decide how much memory stays reserved, nor to use up all there is.
    private const int KeptRoom = 1024 * 1024;
    private static readonly MemoryBudget LargeBodies = new(768L * 1024 * 1024);

    /// <summary>Reads and unpacks the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">Largest body in bytes, before and after unpacking.</param>
    /// <param name="refuse">Answers an error given its status and text; unset: as plain text.</param>
    /// <returns>The body, to be disposed; <see langword="null"/> after an error was answered (400, 413 or 415).</returns>
    public static async Task<PooledBuffer?> ReadAsync(HttpContext context, int limit = DefaultLimit, Func<int, string, Task>? refuse = null)
    {
        refuse ??= (status, text) => Answer.TextAsync(context, status, text);
        if (context.Request.ContentLength > limit)
        {
            return await TooLargeAsync(refuse, limit);
        }

        var encoding = context.Request.Headers.ContentEncoding.ToString();
        var zipped = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!zipped && encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            await refuse(StatusCodes.Status415UnsupportedMediaType, $"Unsupported 'Content-Encoding' '{Shown(encoding)}': expecting gzip or none");
            return null;
        }

        var body = await CollectAsync(context, limit, refuse);
        if (body is null || !zipped)
        {
            return body;
        }

        using (body)
        {
            return await UnpackAsync(body, limit, refuse);
        }
    }

    private static async Task<PooledBuffer?> CollectAsync(HttpContext context, int limit, Func<int, string, Task> refuse)
    {
        // A claimed length earns no memory: the buffer grows with what really arrives.
        var body = new PooledBuffer((int)Math.Min(context.Request.ContentLength ?? 4096, 64 * 1024), KeptRoom, LargeBodies);
        try
        {
            var reader = context.Request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                foreach (var segment in read.Buffer)
                {
                    body.Write(segment.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (body.WrittenCount > limit)
                {
                    body.Dispose();
                    return await TooLargeAsync(refuse, limit);
                }

                if (read.IsCompleted)
                {
                    return body;
                }
            }
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            // A chunk that claims more bytes than a number can hold.
            body.Dispose();
            throw new BadHttpRequestException(e.Message, StatusCodes.Status400BadRequest, e);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static async Task<PooledBuffer?> UnpackAsync(PooledBuffer packed, int limit, Func<int, string, Task> refuse)
    {
        var plain = new PooledBuffer((int)Math.Min(packed.WrittenCount * 3L, KeptRoom), KeptRoom, LargeBodies);
        try
        {
            if (Gzip.TryDecompress(packed.Written, plain, limit))
            {
                return plain;
            }

            plain.Dispose();
            return await TooLargeAsync(refuse, limit);
        }
        catch (InvalidDataException)
        {
            plain.Dispose();
            await refuse(StatusCodes.Status400BadRequest, "Failed to decode the body: it is not gzip, though 'Content-Encoding' says so");
            return null;
        }
        catch
        {
            plain.Dispose();
            throw;
        }
    }

    private static async Task<PooledBuffer?> TooLargeAsync(Func<int, string, Task> refuse, int limit)
    {
        await refuse(StatusCodes.Status413PayloadTooLarge, $"The body is larger than the limit of {limit} bytes");
        return null;
    }

    private static string Shown(string header) => header.Length <= 40 ? header : header[..40] + "...";
}
