using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tepui.Compatibility.Tests.Live;

/// <summary>A framework in bare JSON over HTTP, so that any call can be made.</summary>
internal sealed class RawFramework : IDisposable
{
    private readonly LiveCluster _cluster;
    private readonly HttpResponseMessage _answer;
    private readonly Stream _stream;

    private RawFramework(LiveCluster cluster, HttpResponseMessage answer, Stream stream)
    {
        _cluster = cluster;
        _answer = answer;
        _stream = stream;
    }

    public string Id { get; private set; } = "";

    public static async Task<RawFramework> SubscribeAsync(LiveCluster cluster)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cluster.Master.Address, "api/v1/scheduler"))
        {
            Content = new StringContent("""{"type":"SUBSCRIBE","subscribe":{"framework_info":{"user":"root","name":"raw"}}}""", Encoding.UTF8),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await cluster.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)answer.StatusCode);
        var framework = new RawFramework(cluster, answer, await answer.Content.ReadAsStreamAsync());
        framework.Id = (await framework.NextAsync("SUBSCRIBED")).GetProperty("subscribed").GetProperty("framework_id").GetProperty("value").GetString()!;
        return framework;
    }

    /// <summary>Makes a call; <paramref name="members"/> are added to type and framework id, as in <c>"kill":{}</c>.</summary>
    public Task<Probe> CallAsync(string type, string members) => Probe.CallAsync(
        _cluster.Http,
        _cluster.Master.Address,
        "api/v1/scheduler",
        $$"""{"type":"{{type}}","framework_id":{"value":"{{Id}}"}{{(members.Length > 0 ? "," + members : "")}}}""",
        _answer.Headers.GetValues("Mesos-Stream-Id").Single());

    /// <summary>The next event of a type; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var length = 0;
            for (var digit = await ByteAsync(limit.Token); digit != '\n'; digit = await ByteAsync(limit.Token))
            {
                length = (length * 10) + digit - '0';
            }

            var record = new byte[length];
            await _stream.ReadExactlyAsync(record, limit.Token);
            using var document = JsonDocument.Parse(record);
            if (document.RootElement.GetProperty("type").GetString() == type)
            {
                return document.RootElement.Clone();
            }
        }
    }

    public void Dispose() => _answer.Dispose();

    private async Task<byte> ByteAsync(CancellationToken cancel)
    {
        var one = new byte[1];
        await _stream.ReadExactlyAsync(one, cancel);
        return one[0];
    }
}
