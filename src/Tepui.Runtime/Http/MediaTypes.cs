using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Tepui.Runtime.Http;

/// <summary>The content types of the API and the choice between them.</summary>
public static class MediaTypes
{
    /// <summary>JSON messages.</summary>
    public const string Json = "application/json";

    /// <summary>Binary messages.</summary>
    public const string Protobuf = "application/x-protobuf";

    /// <summary>Framed streams of the container I/O calls.</summary>
    public const string RecordIo = "application/recordio";

    /// <summary>Errors and other texts.</summary>
    public const string Text = "text/plain; charset=utf-8";

    /// <summary>JSON wrapped in a function call (<c>?jsonp=</c>).</summary>
    public const string JavaScript = "text/javascript";

    /// <summary>The content type of a format.</summary>
    public static string Of(WireFormat format) => format == WireFormat.Json ? Json : Protobuf;

    /// <summary>What the client wants back: JSON when both will do (also without <c>Accept</c>), <see langword="null"/> when neither does.</summary>
    public static WireFormat? Negotiate(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        return Accepts(accept, Json) ? WireFormat.Json
            : Accepts(accept, Protobuf) ? WireFormat.Protobuf
            : null;
    }

    /// <summary>The format of the answer by the request's <c>Accept</c>, or <see langword="null"/> after a 406 was answered.</summary>
    public static async Task<WireFormat?> NegotiateAsync(HttpContext context)
    {
        var format = Negotiate(context.Request);
        if (format is null)
        {
            await Answer.TextAsync(
                context,
                StatusCodes.Status406NotAcceptable,
                $"Expecting 'Accept' to allow '{Protobuf}' or '{Json}'");
        }

        return format;
    }

    /// <summary>Whether an <c>Accept</c> header lets <paramref name="mediaType"/> through. Ranges (<c>application/*</c>, <c>*/*</c>) and <c>q=0</c> are honoured; an absent or unreadable header accepts everything.</summary>
    public static bool Accepts(StringValues accept, string mediaType)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Count == 0)
        {
            return StringValues.IsNullOrEmpty(accept);
        }

        var type = new StringSegment(mediaType, 0, mediaType.IndexOf('/', StringComparison.Ordinal));
        var best = -1;
        var quality = 0.0;
        foreach (var range in ranges)
        {
            var precision = range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) ? 2
                : range.MatchesAllTypes ? 0
                : range.MatchesAllSubTypes && range.Type.Equals(type, StringComparison.OrdinalIgnoreCase) ? 1
                : -1;
            if (precision > best)
            {
                best = precision;
                quality = range.Quality ?? 1;
            }
        }

        return best >= 0 && quality > 0;
    }
}
