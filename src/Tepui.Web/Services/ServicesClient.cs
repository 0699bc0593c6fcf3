using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Tepui.Web.Services;

/// <summary>Talks to the services over their public REST API, and nothing else.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="address">Where the services are; asked before each request. Null: this cluster runs none that the page knows.</param>
/// <param name="logger">Takes note of every change.</param>
public sealed class ServicesClient(HttpClient http, Func<Uri?> address, ILogger<ServicesClient> logger)
{
    // Asks for members and events beyond Marathon's.
    private const string ExtrasHeader = "X-Tepui-Extras";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Whether there are services to talk to.</summary>
    public bool IsConfigured => address() is not null;

    /// <summary>Reads a document.</summary>
    /// <param name="path">Path and query, as in <c>v2/apps</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The document, or null when there is none at that path.</returns>
    /// <exception cref="ServicesUnavailableException">The services do not answer as they should.</exception>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, cancel);
        return answer switch
        {
            { Status: HttpStatusCode.NotFound } => null,
            { IsSuccess: true, Body.ValueKind: not JsonValueKind.Undefined } => answer.Body,
            _ => throw new ServicesUnavailableException($"{Uri(path)} answered with status {(int)answer.Status}: {answer.Message}"),
        };
    }

    /// <summary>Sends one request and reads its answer, good or bad.</summary>
    /// <exception cref="ServicesUnavailableException">There is no answer, or it is not JSON.</exception>
    public async Task<ServicesAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancel)
    {
        var uri = Uri(path);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(method, uri) { Headers = { Authorization = Credentials(uri) } };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Add(ExtrasHeader, "true");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            var bytes = await answer.Content.ReadAsByteArrayAsync(patience.Token);
            if (method != HttpMethod.Get)
            {
                logger.CommandSent(method.Method, path, (int)answer.StatusCode);
            }

            var deployment = answer.Headers.TryGetValues("Marathon-Deployment-Id", out var ids) ? ids.FirstOrDefault() : null;
            return new ServicesAnswer(answer.StatusCode, Parse(bytes, answer.IsSuccessStatusCode), deployment);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new ServicesUnavailableException($"{uri} did not answer within {Patience.TotalSeconds:0} seconds.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new ServicesUnavailableException($"{uri} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The events of the services, from now on. Ends when they end the stream.</summary>
    /// <exception cref="ServicesUnavailableException">The stream cannot be opened, or breaks.</exception>
    public async IAsyncEnumerable<ServicesEvent> SubscribeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await OpenEventsAsync(cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var events = SseParser.Create(body).EnumerateAsync(cancel).GetAsyncEnumerator(cancel);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events))
            {
                yield return ServicesEvent.From(events.Current.EventType, events.Current.Data);
            }
        }
    }

    /// <summary>The path of an app, pod or group below <paramref name="root"/>: ids begin with a slash.</summary>
    public static string PathOf(string root, string id, string rest = "")
    {
        ArgumentNullException.ThrowIfNull(id);
        var segments = id.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(System.Uri.EscapeDataString);
        return $"{root}/{string.Join('/', segments)}{rest}";
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new ServicesUnavailableException($"The services' stream of events broke: {e.Message}", e);
        }
    }

    private async Task<HttpResponseMessage> OpenEventsAsync(CancellationToken cancel)
    {
        var uri = Uri("v2/events?plan-format=light");
        using var request = new HttpRequestMessage(HttpMethod.Get, uri) { Headers = { Authorization = Credentials(uri) } };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add(ExtrasHeader, "true");
        try
        {
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return answer;
            }

            var status = (int)answer.StatusCode;
            answer.Dispose();
            throw new ServicesUnavailableException($"{uri} answered with status {status}.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ServicesUnavailableException($"{uri} cannot be read: {e.Message}", e);
        }
    }

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

    /// <summary>The credentials in an address, <c>http://USER:PASSWORD@HOST:PORT</c>, which are sent in a header.</summary>
    private static AuthenticationHeaderValue? Credentials(Uri uri) => uri.UserInfo.Length == 0
        ? null
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(System.Uri.UnescapeDataString(uri.UserInfo))));

    private Uri Uri(string path) => new(address() ?? throw new ServicesUnavailableException("This cluster has no services that the page knows of."), path);
}
