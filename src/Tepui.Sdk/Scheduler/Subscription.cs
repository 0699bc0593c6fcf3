using System.Net;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Http;

namespace Tepui.Sdk.Scheduler;

/// <summary>One accepted SUBSCRIBE: the event stream, and where and how to send the calls that belong to it.</summary>
internal sealed class Subscription : IAsyncDisposable
{
    private const int RedirectsMax = 5;
    private const string StreamIdHeader = "Mesos-Stream-Id";

    private readonly HttpResponseMessage _response;

    private Subscription(Uri target, HttpResponseMessage response, Stream body, SchedulerOptions options)
    {
        _response = response;
        Target = target;
        Events = new(body, options.Time);
        var headers = Headers(options);
        if (response.Headers.TryGetValues(StreamIdHeader, out var ids))
        {
            headers[StreamIdHeader] = ids.First();
        }

        Calls = new(target, headers, options.Time);
    }

    /// <summary>The leader's scheduler API.</summary>
    public Uri Target { get; }

    /// <summary>What the master tells.</summary>
    public RecordStream Events { get; }

    /// <summary>Where to tell it things.</summary>
    public CallConnection Calls { get; }

    /// <summary>Subscribes at <paramref name="master"/>, or at the leader it names.</summary>
    /// <exception cref="HttpRequestException">No master answered, or none leads now: worth another try.</exception>
    /// <exception cref="FrameworkErrorException">Refused for good.</exception>
    public static async Task<Subscription> OpenAsync(HttpClient http, Uri master, Call subscribe, SchedulerOptions options, CancellationToken cancel)
    {
        var target = new Uri(master, "/api/v1/scheduler");
        for (var redirects = 0; redirects <= RedirectsMax; redirects++)
        {
            var response = await StreamRequest.PostAsync(http, target, subscribe, Headers(options), options.SubscribeTimeout, options.Time, cancel).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return new(target, response, await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), options);
            }

            using (response)
            {
                target = response.StatusCode == HttpStatusCode.TemporaryRedirect && response.Headers.NonValidated.TryGetValues("Location", out var leader)
                    ? MasterAddress.Follow(target, leader.ToString())
                    : throw Refusal(target, response, await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
            }
        }

        throw new HttpRequestException($"{master.Authority}: more than {RedirectsMax} redirects on the way to the leader");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Calls.DisposeAsync().ConfigureAwait(false);
        await Events.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }

    private static Dictionary<string, string> Headers(SchedulerOptions options)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options.Credential is { } credential)
        {
            headers["Authorization"] = BasicAuthorization.Header(credential);
        }

        return headers;
    }

    private static Exception Refusal(Uri target, HttpResponseMessage response, string body)
    {
        var message = $"{target.Authority} answered SUBSCRIBE with {(int)response.StatusCode}: {body}";
        return (int)response.StatusCode is >= 400 and < 500 and not 404 and not 408 and not 429
            ? new FrameworkErrorException(message)
            : new HttpRequestException(message);
    }
}
