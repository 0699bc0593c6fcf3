using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Rest;

/// <summary>Talks to one server over its REST API, and nothing else.</summary>
/// <remarks>
/// A change carries an <c>Idempotency-Key</c> that is kept over retries, so that a request whose answer was lost is answered once more and not done twice.
/// What the server would do twice all the same goes through <see cref="SendUnrepeatedAsync"/>.
/// </remarks>
internal abstract class RestClient : IDisposable
{
    private const int TextMax = 200;
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private readonly HttpClient _http;
    private readonly string _noun;
    private readonly string? _tag;
    private readonly TimeProvider _time;

    /// <summary>A client for the server at <paramref name="address"/>, as in <c>http://127.0.0.1:8080</c>; <c>user:password@</c> before the host is sent as basic authentication.</summary>
    /// <param name="noun">What the server is, for messages.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="tag">Header of answers that <see cref="RestAnswer.Tag"/> is read from.</param>
    /// <param name="time">The clock of waits between retries.</param>
    protected RestClient(string noun, Uri address, string? tag = null, TimeProvider? time = null)
    {
        _noun = noun;
        _tag = tag;
        _time = time ?? TimeProvider.System;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AutomaticDecompression = DecompressionMethods.All,
        })
        {
            BaseAddress = new Uri(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)),
            Timeout = TimeSpan.FromSeconds(60),
        };
        if (address.UserInfo.Length > 0)
        {
            var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo));
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }
    }

    /// <summary>Headers of every request.</summary>
    protected HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    /// <summary>Reads a document.</summary>
    /// <exception cref="RefusedException">The server refuses, or who answers is another.</exception>
    /// <exception cref="HttpRequestException">Nobody answers.</exception>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancel)
    {
        var answer = await SendOnceAsync(HttpMethod.Get, path, null, null, cancel);
        return answer.Body ?? throw new RefusedException($"GET {path}", answer.Status, null, "the answer is empty where a document was expected");
    }

    /// <summary>Reads a document that may not be there.</summary>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await GetAsync(path, cancel);
        }
        catch (RefusedException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Reads what is no document: plain text.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        using var response = await _http.SendAsync(request, cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        return response.IsSuccessStatusCode ? text : throw new RefusedException($"GET {path}", response.StatusCode, Parse(text), Short(response, text));
    }

    /// <summary>Asks for a change, again when the answer got lost on the way.</summary>
    public async Task<RestAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancel)
    {
        var key = Guid.NewGuid().ToString();
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await SendOnceAsync(method, path, body, key, cancel);
            }
            catch (Exception lost) when (tries < Waits.Length && IsLost(lost, isFirst: tries == 0) && !cancel.IsCancellationRequested)
            {
                await Task.Delay(Waits[tries], _time, cancel);
            }
        }
    }

    /// <summary>Asks once for a change that the server would do twice when asked twice.</summary>
    /// <param name="method">Of HTTP.</param>
    /// <param name="path">What is changed.</param>
    /// <param name="body">Of the request.</param>
    /// <param name="look">A command that shows whether the change was made, for the message when the answer got lost.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="CommandFailure">The answer got lost: the change may have been made.</exception>
    public async Task<RestAnswer> SendUnrepeatedAsync(HttpMethod method, string path, JsonNode? body, string look, CancellationToken cancel)
    {
        try
        {
            return await SendOnceAsync(method, path, body, null, cancel);
        }
        catch (Exception lost) when (IsLost(lost, isFirst: true) && lost is HttpRequestException)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"the answer of the {_noun} got lost; the change may have been made or not, so it is not asked for again. Look with '{look}' first.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>What an answer without a document says, in one line.</summary>
    private static string Short(HttpResponseMessage response, string text)
    {
        var reason = string.IsNullOrWhiteSpace(response.ReasonPhrase) ? response.StatusCode.ToString() : response.ReasonPhrase;
        var body = text.Trim().ReplaceLineEndings(" ");
        return body.Length is 0 or > TextMax || body.StartsWith('<') ? reason : $"{reason}: {body}";
    }

    /// <summary>Whether the request may have been done although no answer came. Where nobody listens from the start there is nothing to wait for.</summary>
    private static bool IsLost(Exception failure, bool isFirst) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => !isFirst,
        HttpRequestException { InnerException: SocketException } => !isFirst,
        HttpRequestException { InnerException: IOException } => true,
        RefusedException refused => refused.Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => false,
    };

    private async Task<RestAnswer> SendOnceAsync(HttpMethod method, string path, JsonNode? body, string? key, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await _http.SendAsync(request, cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        var document = Parse(text);
        if (!response.IsSuccessStatusCode)
        {
            throw new RefusedException($"{method} {path}", response.StatusCode, document, Short(response, text), body);
        }

        if (document is null && !string.IsNullOrWhiteSpace(text) && response.Content.Headers.ContentType?.MediaType != "text/plain")
        {
            throw new RefusedException(
                $"{method} {path}", response.StatusCode, null, $"what listens there does not answer as {_noun} do ({response.Content.Headers.ContentType?.MediaType ?? "no content type"})");
        }

        return new(response.StatusCode, document, text, _tag is not null && response.Headers.TryGetValues(_tag, out var values) ? values.FirstOrDefault() : null);
    }

    private static JsonNode? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
