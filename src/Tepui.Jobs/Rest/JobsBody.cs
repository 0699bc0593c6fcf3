using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Http;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Reads the document a client sent.</summary>
internal static class JobsBody
{
    /// <summary>Reads it by <paramref name="read"/>.</summary>
    /// <param name="call">The request.</param>
    /// <param name="bytesMax">Largest body.</param>
    /// <param name="read">Reads the bytes; does not keep them.</param>
    /// <returns><see langword="null"/> after an error was answered (400, 413 or 415).</returns>
    public static async Task<T?> ReadAsync<T>(RestCall call, int bytesMax, Func<ReadOnlyMemory<byte>, T> read)
        where T : class
    {
        var context = call.Context;
        if (!RestBody.IsJson(context.Request.ContentType))
        {
            await JobsErrors.ErrorAsync(context, StatusCodes.Status415UnsupportedMediaType, $"The Content-Type is '{JobsErrors.Shown(context.Request.ContentType!)}'; it must be application/json");
            return null;
        }

        using var body = await RequestBody.ReadAsync(context, bytesMax, (status, text) => JobsErrors.ErrorAsync(context, status, text));
        return body is null ? null : read(body.Written);
    }
}
