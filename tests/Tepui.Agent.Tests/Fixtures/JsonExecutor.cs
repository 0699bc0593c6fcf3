using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Agent.Tests.Fixtures;

/// <summary>An executor as someone writes it from the documentation alone: JSON over plain HTTP.</summary>
internal sealed class JsonExecutor : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _api;
    private readonly string _framework;
    private readonly string _executor;
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    private JsonExecutor(Cluster cluster, string framework, string executor)
    {
        _http = cluster.Http;
        _api = new(cluster.Agent.Address, "api/v1/executor");
        _framework = framework;
        _executor = executor;
    }

    public IReadOnlyList<JsonElement> Events => [.. _events];

    public Task Ended => _reading;

    /// <summary>Subscribes; the executor's process is there already, or on its way.</summary>
    public static async Task<JsonExecutor> SubscribeAsync(Cluster cluster, string framework, string executor)
    {
        var client = new JsonExecutor(cluster, framework, executor);
        HttpResponseMessage? response = null;
        await Wait.UntilAsync(
            async () =>
            {
                response?.Dispose();
                response = await client.PostAsync(new JsonObject { ["type"] = "SUBSCRIBE", ["subscribe"] = new JsonObject() });
                return response.IsSuccessStatusCode;
            },
            () => $"{executor} may subscribe; it was answered {(int?)response?.StatusCode} {response?.Content.ReadAsStringAsync().Result}\n{cluster.Logs}");
        Assert.Equal("application/json", response!.Content.Headers.ContentType!.MediaType);
        client._reading = Task.Run(() => client.ReadAsync(response));
        return client;
    }

    /// <summary>Sends an UPDATE; gives the status of the answer and its text.</summary>
    public async Task<(int Status, string Body)> UpdateAsync(string task, string state, Action<JsonObject>? change = null)
    {
        var status = new JsonObject
        {
            ["task_id"] = new JsonObject { ["value"] = task },
            ["state"] = state,
            ["source"] = "SOURCE_EXECUTOR",
            ["uuid"] = Convert.ToBase64String(Guid.NewGuid().ToByteArray(bigEndian: true)),
        };
        change?.Invoke(status);
        using var response = await PostAsync(new JsonObject { ["type"] = "UPDATE", ["update"] = new JsonObject { ["status"] = status } });
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<int> CallAsync(JsonObject call)
    {
        using var response = await PostAsync(call);
        return (int)response.StatusCode;
    }

    public async Task<JsonElement> NextAsync(string type, int index = 0)
    {
        await Wait.UntilAsync(() => OfType(type).Count() > index, () => $"event {type} number {index + 1}; there were {string.Join(", ", Events)}");
        return OfType(type).ElementAt(index);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private IEnumerable<JsonElement> OfType(string type) => _events.Where(e => e.GetProperty("type").GetString() == type);

    private async Task<HttpResponseMessage> PostAsync(JsonObject call)
    {
        call["framework_id"] = new JsonObject { ["value"] = _framework };
        call["executor_id"] = new JsonObject { ["value"] = _executor };
        using var request = new HttpRequestMessage(HttpMethod.Post, _api) { Content = new StringContent(call.ToJsonString(), Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new("application/json"));
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            await using var stream = await response.Content.ReadAsStreamAsync(_stop.Token);
            while (await LengthAsync(stream) is { } length)
            {
                var record = new byte[length];
                await stream.ReadExactlyAsync(record, _stop.Token);
                using var document = JsonDocument.Parse(record);
                _events.Enqueue(document.RootElement.Clone());
            }
        }
    }

    private async Task<int?> LengthAsync(Stream stream)
    {
        var digits = "";
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return int.Parse(digits);
            }

            digits += (char)one[0];
        }

        return null;
    }
}
