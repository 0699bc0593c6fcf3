using System.Text.Json;

namespace Tepui.Web.Tests;

/// <summary>Talks to the page as a browser does: sends its forms and reads its streams.</summary>
internal static class PageHttp
{
    /// <summary>Sends a form.</summary>
    /// <param name="http">Reaches the page.</param>
    /// <param name="path">What the form asks for, as in <c>/ui/_jobs/run</c>.</param>
    /// <param name="site">What the browser says of the sender's site; null when it says nothing.</param>
    /// <param name="origin">The sender's origin; null when it is not told.</param>
    /// <param name="fields">What was filled in.</param>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient http, string path, string? site, string? origin, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await http.SendAsync(request);
    }

    /// <summary>The next text of a stream of events.</summary>
    public static async Task<string> NextAsync(this StreamReader stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await stream.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<string>(line["data: ".Length..])!;
            }
        }

        throw new EndOfStreamException("The stream of events ended.");
    }
}
