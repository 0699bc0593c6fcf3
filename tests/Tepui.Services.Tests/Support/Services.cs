using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tepui.Frameworks.Hosting;

namespace Tepui.Services.Tests.Support;

/// <summary>A services scheduler in this process, and requests to it. Without a master nothing runs, and all else works.</summary>
internal sealed class Services : IAsyncDisposable
{
    private readonly Func<ServicesSettings, ServicesSettings> _configure;
    private readonly string _directory;
    private readonly string _master;
    private readonly bool _ownsDirectory;

    private Services(string directory, bool ownsDirectory, string master, Func<ServicesSettings, ServicesSettings> configure)
    {
        _directory = directory;
        _ownsDirectory = ownsDirectory;
        _master = master;
        _configure = configure;
    }

    public FrameworkHost Host { get; private set; } = null!;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { Timeout = Wait.Limit };

    public static async Task<Services> StartAsync(Func<ServicesSettings, ServicesSettings>? configure = null, string master = "127.0.0.1:1", string? directory = null)
    {
        var services = new Services(directory ?? Directory.CreateTempSubdirectory("tepui-services-").FullName, directory is null, master, configure ?? (settings => settings));
        await services.StartHostAsync(port: 0);
        return services;
    }

    /// <summary>Stops it and starts it again on the same port and store.</summary>
    public async Task RestartAsync()
    {
        var port = Host.Endpoint.Port;
        await Host.DisposeAsync();
        await StartHostAsync(port);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answer> PutAsync(string path, string? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Host.Address, path));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var answer = await Http.SendAsync(request);
        return new Answer(answer.StatusCode, answer, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until an app has so many running tasks; gives them.</summary>
    public async Task<JsonArray> RunningAsync(string app, int count)
    {
        JsonArray tasks = [];
        await Wait.UntilAsync(
            async () =>
            {
                var answer = await GetAsync($"/v2/apps{app}");
                tasks = answer.Code == 200 ? answer.Json["app"]!["tasks"]!.AsArray() : [];
                return tasks.Count == count && tasks.All(task => (string?)task!["state"] == "TASK_RUNNING");
            },
            () => $"{count} tasks of {app} run; now: {tasks.ToJsonString()}");
        return tasks;
    }

    /// <summary>Waits until no deployment is under way.</summary>
    public Task SettledAsync() => Wait.UntilAsync(async () => (await GetAsync("/v2/deployments")).Body == "[]", () => "all deployments have finished");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Http.Dispose();
        if (_ownsDirectory)
        {
            await TemporaryDirectory.RemoveAsync(_directory);
        }
    }

    private async Task StartHostAsync(int port) => Host = await ServicesHost.StartAsync(_configure(new ServicesSettings { Masters = [_master], WorkDirectory = _directory, Port = port, Durable = false }));
}
