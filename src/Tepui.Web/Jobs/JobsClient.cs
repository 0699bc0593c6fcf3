using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tepui.Web.Rest;

namespace Tepui.Web.Jobs;

/// <summary>Talks to the jobs scheduler over its public REST API, and nothing else.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="address">Where the jobs scheduler is; asked before each request. Null: this cluster runs none that the page knows.</param>
/// <param name="logger">Takes note of every change.</param>
public sealed class JobsClient(HttpClient http, Func<Uri?> address, ILogger<JobsClient> logger)
{
    private const string Root = "v1/scheduler/";

    private readonly RestClient _rest = new(http, address, []);

    /// <summary>Whether there is a jobs scheduler to talk to.</summary>
    public bool IsConfigured => _rest.IsConfigured;

    /// <summary>Where it is, for people and their commands; null when there is none.</summary>
    public string? Address => IsConfigured ? _rest.Shown("").TrimEnd('/') : null;

    /// <summary>Reads a document.</summary>
    /// <param name="path">Path below the API's root and query, as in <c>jobs/summary</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The document, or null when there is none at that path: an unknown job is said by status 400.</returns>
    /// <exception cref="RestUnavailableException">The jobs scheduler does not answer as it should.</exception>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, cancel);
        return answer switch
        {
            { Status: HttpStatusCode.NotFound or HttpStatusCode.BadRequest } => null,
            { IsSuccess: true, Body.ValueKind: not JsonValueKind.Undefined } => answer.Body,
            _ => throw new RestUnavailableException($"{_rest.Shown(Root + path)} answered with status {(int)answer.Status}: {answer.Message}"),
        };
    }

    /// <summary>Sends one request and reads its answer, good or bad.</summary>
    /// <exception cref="RestUnavailableException">There is no answer, or it is not JSON.</exception>
    public async Task<JobsAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        var answer = await _rest.SendAsync(method, Root + path, json, cancel);
        if (method != HttpMethod.Get && path != "preview")
        {
            logger.JobCommandSent(method.Method, path, (int)answer.Status);
        }

        return new JobsAnswer(answer.Status, answer.Body) { Warning = answer.Headers.TryGetValues("X-Tepui-Warning", out var warnings) ? warnings.First() : null };
    }

    /// <summary>The events of the jobs scheduler, from now on. Ends when it ends the stream.</summary>
    /// <exception cref="RestUnavailableException">The stream cannot be opened, or breaks. Its status is 404 where the scheduler has no events, as Chronos has none.</exception>
    public async IAsyncEnumerable<JobsEvent> SubscribeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var change in _rest.EventsAsync(Root + "events?extras=true", cancel))
        {
            yield return JobsEvent.From(change.EventType, change.Data);
        }
    }

    /// <summary>The path of a job.</summary>
    public static string PathOf(string job, string rest = "") => $"job/{Uri.EscapeDataString(job)}{rest}";
}
