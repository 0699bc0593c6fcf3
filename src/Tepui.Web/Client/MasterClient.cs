using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using Tepui.Protocol;
using Tepui.Protocol.RecordIo;
using Tepui.Protocol.V1.Master;

namespace Tepui.Web.Client;

/// <summary>Reads from a master over its public HTTP API, and nothing else.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="address">Where the master is; asked before each request, since it may not be known yet.</param>
public sealed class MasterClient(HttpClient http, Func<Uri> address)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue Protobuf = new("application/x-protobuf");

    /// <summary>Asks one of the GET_ calls of the operator API.</summary>
    public async Task<Response> CallAsync(Call.Types.Type type, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var answer = await SendAsync(new Call { Type = type }, HttpCompletionOption.ResponseContentRead, patience.Token, cancel);
        var bytes = await answer.Content.ReadAsByteArrayAsync(patience.Token);
        return ProtobufCodec.TryParse<Response>(bytes, out var response, out var problem)
            ? response
            : throw new MasterUnavailableException($"The master's answer to {type} cannot be read: {problem}");
    }

    /// <summary>The master's events: first SUBSCRIBED with all that is, then changes. Ends when the master ends the stream.</summary>
    public async IAsyncEnumerable<Event> SubscribeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await SendAsync(new Call { Type = Call.Types.Type.Subscribe }, HttpCompletionOption.ResponseHeadersRead, cancel, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var records = new RecordReader(PipeReader.Create(body), maxRecord: 512 * 1024 * 1024);
        while (await NextAsync(records, cancel) is { } record)
        {
            yield return record;
        }
    }

    /// <summary>The figures of <c>/metrics/snapshot</c>.</summary>
    public async Task<IReadOnlyDictionary<string, double>> MetricsAsync(CancellationToken cancel)
    {
        using var document = await GetAsync("metrics/snapshot", cancel);
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            metrics[property.Name] = property.Value.GetDouble();
        }

        return metrics;
    }

    /// <summary>What tasks really use and what is allocated, by agent id.</summary>
    public async Task<IReadOnlyDictionary<string, AgentUsage>> UsageAsync(CancellationToken cancel)
    {
        using var document = await GetAsync("tepui/usage", cancel);
        var agents = new Dictionary<string, AgentUsage>(StringComparer.Ordinal);
        foreach (var agent in document.RootElement.GetProperty("agents").EnumerateArray())
        {
            agents[agent.GetProperty("id").GetString()!] = new AgentUsage(
                agent.GetProperty("reported").GetBoolean(),
                Read(agent.GetProperty("used")),
                Read(agent.GetProperty("allocated")),
                Read(agent.GetProperty("total")));
        }

        return agents;
    }

    private static Amounts Read(JsonElement amounts) => new(
        amounts.GetProperty("cpus").GetDouble(),
        amounts.GetProperty("mem_bytes").GetDouble(),
        amounts.GetProperty("disk_bytes").GetDouble());

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancel)
    {
        var uri = new Uri(address(), path);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await http.GetAsync(uri, patience.Token);
            Check(answer, uri);
            await using var body = await answer.Content.ReadAsStreamAsync(patience.Token);
            return await JsonDocument.ParseAsync(body, cancellationToken: patience.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new MasterUnavailableException($"{uri} did not answer within {Patience.TotalSeconds:0} seconds.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new MasterUnavailableException($"{uri} cannot be read: {e.Message}", e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Call call, HttpCompletionOption completion, CancellationToken patience, CancellationToken cancel)
    {
        var uri = new Uri(address(), "api/v1");
        using var request = new HttpRequestMessage(HttpMethod.Post, uri);
        request.Content = new ByteArrayContent(call.ToByteArray());
        request.Content.Headers.ContentType = Protobuf;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-protobuf"));
        try
        {
            var answer = await http.SendAsync(request, completion, patience);
            Check(answer, uri);
            return answer;
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new MasterUnavailableException($"{uri} did not answer within {Patience.TotalSeconds:0} seconds.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new MasterUnavailableException($"{uri} cannot be read: {e.Message}", e);
        }
    }

    private static async ValueTask<Event?> NextAsync(RecordReader records, CancellationToken cancel)
    {
        try
        {
            if (await records.ReadAsync(cancel) is not { } record)
            {
                return null;
            }

            return ProtobufCodec.TryParse<Event>(record, out var parsed, out var problem)
                ? parsed
                : throw new MasterUnavailableException($"An event of the master cannot be read: {problem}");
        }
        catch (Exception e) when (e is IOException or HttpRequestException or RecordException)
        {
            throw new MasterUnavailableException($"The master's stream of events broke: {e.Message}", e);
        }
    }

    private static void Check(HttpResponseMessage answer, Uri uri)
    {
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            var status = (int)answer.StatusCode;
            answer.Dispose();
            throw new MasterUnavailableException($"{uri} answered with status {status}.");
        }
    }
}
