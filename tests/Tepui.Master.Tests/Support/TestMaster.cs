using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Tepui.Protocol.Json;

namespace Tepui.Master.Tests.Support;

/// <summary>A master in this process, on a port of its own and a directory that goes with it.</summary>
internal sealed class TestMaster : IAsyncDisposable
{
    private readonly bool _ownsDirectory;

    private TestMaster(MasterHost host, string directory, bool ownsDirectory)
    {
        Host = host;
        Directory = directory;
        _ownsDirectory = ownsDirectory;
        Http = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public MasterHost Host { get; }

    public string Directory { get; }

    public HttpClient Http { get; }

    public IPEndPoint Endpoint => new(IPAddress.Loopback, Host.Endpoint.Port);

    public static async Task<TestMaster> StartAsync(Func<MasterSettings, MasterSettings>? change = null, MasterHostOptions? options = null, string? directory = null)
    {
        var own = directory is null;
        directory ??= System.IO.Directory.CreateTempSubdirectory("tepui-master-test-").FullName;
        var settings = new MasterSettings { Port = 0, WorkDirectory = directory, Durable = false };
        try
        {
            return new TestMaster(await MasterHost.StartAsync(change?.Invoke(settings) ?? settings, options), directory, own);
        }
        catch when (own)
        {
            System.IO.Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    /// <summary>The JSON of a GET.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"GET {path}: {answer.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Makes an operator's call in JSON.</summary>
    public async Task<(HttpStatusCode Status, string Body)> CallAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await Http.PostAsync("/api/v1", content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Makes an operator's call as protobuf.</summary>
    public async Task<Protocol.V1.Master.Response> CallAsync(Protocol.V1.Master.Call call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1") { Content = new ByteArrayContent(call.ToByteArray()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        request.Headers.Accept.ParseAdd("application/x-protobuf");
        using var answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/x-protobuf", answer.Content.Headers.ContentType?.ToString());
        return Protocol.V1.Master.Response.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Waits until the JSON of a GET satisfies a condition.</summary>
    public Task<JsonElement> WaitAsync(string path, Func<JsonElement, bool> condition) => Eventually.GetAsync(() => GetAsync(path), condition, path);

    /// <summary>A message from JSON.</summary>
    public static T Message<T>(string json)
        where T : class, IMessage<T>, new()
    {
        Assert.True(JsonCodec.TryParse<T>(Encoding.UTF8.GetBytes(json), out var message, out var problem), problem?.Text);
        return message;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        if (_ownsDirectory)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
