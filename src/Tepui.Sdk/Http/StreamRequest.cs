using System.Globalization;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Tepui.Sdk.Http;

/// <summary>Asks for an event stream.</summary>
internal static class StreamRequest
{
    /// <summary>Posts <paramref name="call"/> and gives the answer once its headers are there; its body is the stream.</summary>
    /// <exception cref="HttpRequestException">No connection, or no answer within <paramref name="timeout"/>.</exception>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient http,
        Uri target,
        IMessage call,
        IReadOnlyDictionary<string, string> headers,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target);
        request.Content = new ByteArrayContent(call.ToByteArray());
        request.Content.Headers.ContentType = new("application/x-protobuf");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-protobuf"));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new HttpRequestException($"{target.Authority} did not answer SUBSCRIBE within {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", e);
        }
    }

    /// <summary>A client fit for <see cref="PostAsync"/>: no redirects, no proxy, no limit on the life of a stream.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseProxy = false,
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
