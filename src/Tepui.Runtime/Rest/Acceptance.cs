using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Tepui.Runtime.Rest;

/// <summary>Which kinds of answers a client takes.</summary>
public static class Acceptance
{
    /// <summary>Whether the client takes this kind of answer; one that does not say takes all.</summary>
    public static bool Takes(this HttpRequest request, string mediaType)
    {
        var header = request.Headers.Accept;
        if (header.Count == 0 || !MediaTypeHeaderValue.TryParseList(header, out var accepted) || accepted.Count == 0)
        {
            return true;
        }

        var offered = MediaTypeHeaderValue.Parse(mediaType);
        return accepted.Any(range => range.Quality is not 0 && offered.IsSubsetOf(Plain(range)));
    }

    /// <summary>Whether the client names this kind of answer itself.</summary>
    public static bool Names(this HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(range => range.Quality is not 0 && range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));

    // Parameters such as the quality or the charset do not tell kinds apart here.
    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue range) => new(range.MediaType);
}
