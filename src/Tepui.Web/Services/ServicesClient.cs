using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tepui.Web.Rest;

namespace Tepui.Web.Services;

/// <summary>Talks to the services over their public REST API, and nothing else.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="address">Where the services are; asked before each request. Null: this cluster runs none that the page knows.</param>
/// <param name="logger">Takes note of every change.</param>
public sealed class ServicesClient(HttpClient http, Func<Uri?> address, ILogger<ServicesClient> logger)
{
    // The header asks for members and events beyond Marathon's.
    private readonly RestClient _rest = new(http, address, [("X-Tepui-Extras", "true")]);

    /// <summary>Whether there are services to talk to.</summary>
    public bool IsConfigured => _rest.IsConfigured;

    /// <summary>Reads a document.</summary>
    /// <param name="path">Path and query, as in <c>v2/apps</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The document, or null when there is none at that path.</returns>
    /// <exception cref="RestUnavailableException">The services do not answer as they should.</exception>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, cancel);
        return answer switch
        {
            { Status: HttpStatusCode.NotFound } => null,
            { IsSuccess: true, Body.ValueKind: not JsonValueKind.Undefined } => answer.Body,
            _ => throw new RestUnavailableException($"{_rest.Shown(path)} answered with status {(int)answer.Status}: {answer.Message}"),
        };
    }

    /// <summary>Sends one request and reads its answer, good or bad.</summary>
    /// <exception cref="RestUnavailableException">There is no answer, or it is not JSON.</exception>
    public async Task<ServicesAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancel)
    {
        var answer = await _rest.SendAsync(method, path, json, cancel);
        if (method != HttpMethod.Get)
        {
            logger.CommandSent(method.Method, path, (int)answer.Status);
        }

        var deployment = answer.Headers.TryGetValues("Marathon-Deployment-Id", out var ids) ? ids.FirstOrDefault() : null;
        return new ServicesAnswer(answer.Status, answer.Body, deployment);
    }

    /// <summary>The events of the services, from now on. Ends when they end the stream.</summary>
    /// <exception cref="RestUnavailableException">The stream cannot be opened, or breaks.</exception>
    public async IAsyncEnumerable<ServicesEvent> SubscribeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var change in _rest.EventsAsync("v2/events?plan-format=light", cancel))
        {
            yield return ServicesEvent.From(change.EventType, change.Data);
        }
    }

    /// <summary>The path of an app, pod or group below <paramref name="root"/>: ids begin with a slash.</summary>
    public static string PathOf(string root, string id, string rest = "")
    {
        ArgumentNullException.ThrowIfNull(id);
        var segments = id.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString);
        return $"{root}/{string.Join('/', segments)}{rest}";
    }
}
