using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Tepui.Web.Rest;

/// <summary>Sends requests to a REST API that speaks JSON, and listens to its events.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="address">Where the API is; asked before each request. Credentials in it are sent in a header. Null: there is none.</param>
/// <param name="headers">Sent along with each request.</param>
internal sealed class RestClient(HttpClient http, Func<Uri?> address, IReadOnlyList<(string Name, string Value)> headers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Whether there is an API to talk to.</summary>
    public bool IsConfigured => address() is not null;

    /// <summary>The address of a path for people: without credentials.</summary>
    public string Shown(string path) => Shown(UriOf(path));

    /// <summary>Sends one request and reads its answer, good or bad.</summary>
    /// <exception cref="RestUnavailableException">There is no answer, or it is not JSON.</exception>
    public async Task<RestAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancel)
    {
        var uri = UriOf(path);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var request = Request(method, uri, "application/json");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            var bytes = await answer.Content.ReadAsByteArrayAsync(patience.Token);
            return new RestAnswer(answer.StatusCode, Parse(bytes, answer.IsSuccessStatusCode), answer.Headers);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new RestUnavailableException($"{Shown(uri)} did not answer within {Patience.TotalSeconds:0} seconds.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new RestUnavailableException($"{Shown(uri)} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A stream of events, from now on. Ends when the other side ends it.</summary>
    /// <exception cref="RestUnavailableException">The stream cannot be opened, or breaks.</exception>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync(string path, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await OpenAsync(UriOf(path), cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var events = SseParser.Create(body).EnumerateAsync(cancel).GetAsyncEnumerator(cancel);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events))
            {
                yield return events.Current;
            }
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(Uri uri, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, uri, "text/event-stream");
        try
        {
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return answer;
            }

            answer.Dispose();
            throw new RestUnavailableException($"{Shown(uri)} answered with status {(int)answer.StatusCode}.") { Status = answer.StatusCode };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new RestUnavailableException($"{Shown(uri)} cannot be read: {e.Message}", e);
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new RestUnavailableException($"The stream of events broke: {e.Message}", e);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Uri uri, string accept)
    {
        var request = new HttpRequestMessage(method, uri) { Headers = { Authorization = Credentials(uri) } };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private Uri UriOf(string path) => new(address() ?? throw new RestUnavailableException("This cluster has none that the page knows of."), path);

    private static string Shown(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);

    // An error may come as plain text from something in between; it is then said as it is.
    private static JsonElement Parse(byte[] bytes, bool success)
    {
        if (bytes.AsSpan().Trim((ReadOnlySpan<byte>)" \r\n\t"u8).IsEmpty)
        {
            return default;
        }

        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException) when (!success)
        {
            return JsonElement.Parse($$"""{"message":{{JsonSerializer.Serialize(Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 500))))}}}""");
        }
    }

    private static AuthenticationHeaderValue? Credentials(Uri uri) => uri.UserInfo.Length == 0
        ? null
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));
}
