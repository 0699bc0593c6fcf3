using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Tepui.Runtime.Http;

/// <summary>Reads the body of a v1 request by the rules all v1 endpoints share: method, content type, encoding, parsing, in this order. Validation is the caller's.</summary>
/// <typeparam name="TCall">The endpoint's message.</typeparam>
public sealed class CallReader<TCall>
    where TCall : class, IMessage<TCall>, new()
{
    private readonly int _maxBody;
    private readonly string _unsupported;

    /// <summary>Prepares a reader; one serves all requests of an endpoint.</summary>
    /// <param name="maxBody">Largest body, in bytes, before and after unpacking; a larger one is answered 413.</param>
    /// <param name="recordIo">Whether the endpoint also knows <c>application/recordio</c> (only then do its errors name it).</param>
    public CallReader(int maxBody = RequestBody.DefaultLimit, bool recordIo = false)
    {
        _maxBody = maxBody;
        _unsupported = $"Expecting 'Content-Type' of {MediaTypes.Json} or {MediaTypes.Protobuf}" + (recordIo ? " or " + MediaTypes.RecordIo : "");
    }

    /// <summary>Reads the call, or answers the request with what is wrong with it.</summary>
    /// <returns>The call, or <see langword="null"/> after an error was answered.</returns>
    public async Task<TCall?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method))
        {
            await Answer.MethodNotAllowedAsync(context, HttpMethods.Post);
            return null;
        }

        var contentType = request.Headers.ContentType.ToString();
        if (contentType.Length == 0)
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, "Expecting 'Content-Type' to be present");
            return null;
        }

        if (contentType is not (MediaTypes.Json or MediaTypes.Protobuf))
        {
            await Answer.TextAsync(context, StatusCodes.Status415UnsupportedMediaType, _unsupported);
            return null;
        }

        using var body = await RequestBody.ReadAsync(context, _maxBody);
        if (body is null)
        {
            return null;
        }

        var format = contentType.Equals(MediaTypes.Json, StringComparison.Ordinal) ? WireFormat.Json : WireFormat.Protobuf;
        if (MessageFormat.TryRead<TCall>(format, body.Written, out var call, out var error))
        {
            return call;
        }

        await Answer.TextAsync(context, StatusCodes.Status400BadRequest, error);
        return null;
    }
}
