using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Protobuf;
using Tepui.Protocol.Json;
using FrameworkID = Tepui.Protocol.V1.FrameworkID;
using TaskID = Tepui.Protocol.V1.TaskID;
using Agent = Tepui.Protocol.V1.Agent;
using Master = Tepui.Protocol.V1.Master;

namespace Tepui.Sdk.Operators;

/// <summary>Asks a master what it knows, over the v1 operator API, and agents for their files.</summary>
/// <remarks>Every call follows a redirect to the leader and ends within <see cref="HttpClient.Timeout"/>.</remarks>
public sealed class OperatorClient : IDisposable
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    private readonly HttpClient _http;
    private readonly Uri _master;

    /// <summary>A client for the master at <paramref name="master"/>, as in <c>http://127.0.0.1:5050</c>.</summary>
    /// <param name="master">Base address; only scheme, host and port are used.</param>
    /// <param name="timeout">Longest a call may take; 10 s unless given.</param>
    public OperatorClient(Uri master, TimeSpan? timeout = null)
    {
        _master = new Uri(master.GetLeftPart(UriPartial.Authority));
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(10),
        };
    }

    /// <summary>Tasks of all frameworks: active, unreachable and completed.</summary>
    /// <remarks>Asked for in JSON, which holds the tasks of completed frameworks too.</remarks>
    public async Task<Master.Response.Types.GetTasks> GetTasksAsync(CancellationToken cancel = default) =>
        (await CallAsync(new Master.Call { Type = Master.Call.Types.Type.GetTasks }, Json, cancel).ConfigureAwait(false)).GetTasks ?? new();

    /// <summary>Agents registered, and those expected back.</summary>
    public async Task<Master.Response.Types.GetAgents> GetAgentsAsync(CancellationToken cancel = default) =>
        (await CallAsync(new Master.Call { Type = Master.Call.Types.Type.GetAgents }, cancel).ConfigureAwait(false)).GetAgents ?? new();

    /// <summary>Frameworks, and completed ones.</summary>
    public async Task<Master.Response.Types.GetFrameworks> GetFrameworksAsync(CancellationToken cancel = default) =>
        (await CallAsync(new Master.Call { Type = Master.Call.Types.Type.GetFrameworks }, cancel).ConfigureAwait(false)).GetFrameworks ?? new();

    /// <summary>Known roles.</summary>
    public async Task<Master.Response.Types.GetRoles> GetRolesAsync(CancellationToken cancel = default) =>
        (await CallAsync(new Master.Call { Type = Master.Call.Types.Type.GetRoles }, cancel).ConfigureAwait(false)).GetRoles ?? new();

    /// <summary>Tears a framework down: its tasks are killed and its id never subscribes again.</summary>
    public async Task TeardownAsync(FrameworkID framework, CancellationToken cancel = default) =>
        await CallAsync(
            new Master.Call { Type = Master.Call.Types.Type.Teardown, Teardown = new() { FrameworkId = framework } }, cancel).ConfigureAwait(false);

    /// <summary>Asks for the end of one task, by its kill policy, as if its framework had sent KILL.</summary>
    /// <remarks>Tepui's own <c>POST /tepui/kill-task</c>: the v1 operator API has no such call.</remarks>
    public async Task KillTaskAsync(FrameworkID framework, TaskID task, CancellationToken cancel = default)
    {
        using var body = new FormUrlEncodedContent([new("framework_id", framework.Value), new("task_id", task.Value)]);
        using var response = await _http.PostAsync(new Uri(_master, "/tepui/kill-task"), body, cancel).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new OperatorException(response.StatusCode, await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
        }
    }

    /// <summary>Makes one call of the v1 operator API.</summary>
    /// <returns>The response; empty when the answer has no body.</returns>
    /// <exception cref="OperatorException">The master refused the call, or what answered is no master.</exception>
    /// <exception cref="HttpRequestException">Nobody answers there.</exception>
    public Task<Master.Response> CallAsync(Master.Call call, CancellationToken cancel = default) => CallAsync(call, Protobuf, cancel);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<Master.Response> CallAsync(Master.Call call, string accept, CancellationToken cancel)
    {
        var address = new Uri(_master, "/api/v1");
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new ByteArrayContent(call.ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue(Protobuf) } },
            };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
            using var response = await _http.SendAsync(request, cancel).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.TemporaryRedirect && response.Headers.Location is { } leader && hops < 5)
            {
                address = new Uri(address, leader);
                continue;
            }

            var body = await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new OperatorException(response.StatusCode, System.Text.Encoding.UTF8.GetString(body));
            }

            return Parse(response, body);
        }
    }

    /// <summary>Reads a part of a file of a sandbox, byte for byte.</summary>
    /// <param name="agent">Where, as in <c>http://10.0.0.7:5051</c>.</param>
    /// <param name="path">Real path on the agent, or a virtual one.</param>
    /// <param name="offset">First byte wanted.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>The bytes from there on (at most 64 KiB); <see langword="null"/> when there is no such file.</returns>
    public async Task<ReadOnlyMemory<byte>?> ReadFileAsync(Uri agent, string path, long offset, CancellationToken cancel = default)
    {
        var answer = await ReadFileAsync(agent, new Agent.Call.Types.ReadFile { Path = path, Offset = (ulong)offset }, cancel).ConfigureAwait(false);
        return answer?.Data.Memory;
    }

    /// <summary>Bytes that a file of a sandbox has now; <see langword="null"/> when there is no such file.</summary>
    /// <param name="agent">Where, as in <c>http://10.0.0.7:5051</c>.</param>
    /// <param name="path">Real path on the agent, or a virtual one.</param>
    /// <param name="cancel">Ends the call.</param>
    public async Task<long?> GetFileSizeAsync(Uri agent, string path, CancellationToken cancel = default)
    {
        var answer = await ReadFileAsync(agent, new Agent.Call.Types.ReadFile { Path = path, Offset = 0, Length = 0 }, cancel).ConfigureAwait(false);
        return (long?)answer?.Size;
    }

    /// <summary>Reads a JSON document, as in <c>/state</c>, from a master or agent.</summary>
    public async Task<JsonDocument> GetJsonAsync(Uri address, CancellationToken cancel = default)
    {
        using var response = await _http.GetAsync(address, cancel).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(body)
            : throw new OperatorException(response.StatusCode, System.Text.Encoding.UTF8.GetString(body));
    }

    private async Task<Agent.Response.Types.ReadFile?> ReadFileAsync(Uri agent, Agent.Call.Types.ReadFile wanted, CancellationToken cancel)
    {
        var call = new Agent.Call { Type = Agent.Call.Types.Type.ReadFile, ReadFile = wanted };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(agent, "/api/v1"))
        {
            Content = new ByteArrayContent(call.ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue(Protobuf) } },
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Protobuf));
        using var response = await _http.SendAsync(request, cancel).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new OperatorException(response.StatusCode, System.Text.Encoding.UTF8.GetString(body));
        }

        try
        {
            return Agent.Response.Parser.ParseFrom(body).ReadFile ?? new();
        }
        catch (InvalidProtocolBufferException problem)
        {
            throw new OperatorException(response.StatusCode, $"{agent} does not answer as an agent does: {problem.Message}");
        }
    }

    private static Master.Response Parse(HttpResponseMessage response, byte[] body)
    {
        if (body.Length == 0)
        {
            return new();
        }

        if (response.Content.Headers.ContentType?.MediaType == Json)
        {
            return JsonCodec.TryParse<Master.Response>(body, out var parsed, out var why)
                ? parsed
                : throw new OperatorException(response.StatusCode, $"{response.RequestMessage?.RequestUri} does not answer as a master does: {why}");
        }

        try
        {
            return Master.Response.Parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException problem)
        {
            throw new OperatorException(
                response.StatusCode, $"{response.RequestMessage?.RequestUri} does not answer as a master does: {problem.Message}");
        }
    }
}
