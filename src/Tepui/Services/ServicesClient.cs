using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Services;

/// <summary>Talks to services over their REST API, and nothing else.</summary>
/// <remarks>
/// A change carries an <c>Idempotency-Key</c> that is kept over retries, so that a request whose answer was lost is answered once more and not done twice.
/// </remarks>
internal sealed class ServicesClient : IDisposable
{
    private const string DeploymentHeader = "Marathon-Deployment-Id";
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>A client for the services at <paramref name="address"/>, as in <c>http://127.0.0.1:8080</c>; <c>user:password@</c> before the host is sent as basic authentication.</summary>
    public ServicesClient(Uri address, TimeProvider? time = null)
    {
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
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.Add("X-Tepui-Extras", "true");
        if (address.UserInfo.Length > 0)
        {
            var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo));
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="ServicesRefusedException">They refuse, or who answers is not services.</exception>
    /// <exception cref="HttpRequestException">Nobody answers.</exception>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancel)
    {
        var answer = await SendOnceAsync(HttpMethod.Get, path, null, null, cancel);
        return answer.Body ?? throw new ServicesRefusedException($"GET {path}", answer.Status, null, "the answer is empty where a document was expected");
    }

    /// <summary>Reads a document that may not be there.</summary>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await GetAsync(path, cancel);
        }
        catch (ServicesRefusedException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Asks for a change, again when the answer got lost on the way.</summary>
    public async Task<ServicesAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancel)
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

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Whether the request may have been done although no answer came. Where nobody listens from the start there is nothing to wait for.</summary>
    private static bool IsLost(Exception failure, bool isFirst) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => !isFirst,
        HttpRequestException { InnerException: SocketException } => !isFirst,
        HttpRequestException { InnerException: IOException } => true,
        ServicesRefusedException refused => refused.Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => false,
    };

    private async Task<ServicesAnswer> SendOnceAsync(HttpMethod method, string path, JsonNode? body, string? key, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
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
            throw new ServicesRefusedException($"{method} {path}", response.StatusCode, document, RefusalText.Short(response, text), body);
        }

        if (document is null && !string.IsNullOrWhiteSpace(text))
        {
            throw new ServicesRefusedException(
                $"{method} {path}", response.StatusCode, null, $"what listens there does not answer as services do ({response.Content.Headers.ContentType?.MediaType ?? "no content type"})");
        }

        var header = response.Headers.TryGetValues(DeploymentHeader, out var values) ? values.FirstOrDefault() : null;
        return new(response.StatusCode, document, (header ?? document.Text("deploymentId")) is { Length: > 0 } deployment ? deployment : null);
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
