using System.Text;
using System.Text.Json.Nodes;
using Tepui.Frameworks.Hosting;

namespace Tepui.Jobs.Tests.Support;

/// <summary>A jobs scheduler in this process, and requests to it. Without a master nothing runs, and all else works.</summary>
internal sealed class Jobs : IAsyncDisposable
{
    private readonly Func<JobsSettings, JobsSettings> _configure;
    private readonly string _directory;
    private readonly string _master;
    private readonly bool _ownsDirectory;

    private Jobs(string directory, bool ownsDirectory, string master, Func<JobsSettings, JobsSettings> configure)
    {
        _directory = directory;
        _ownsDirectory = ownsDirectory;
        _master = master;
        _configure = configure;
    }

    public FrameworkHost Host { get; private set; } = null!;

    public string StoreDirectory => Path.Join(_directory, "store");

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Wait.Limit };

    public static async Task<Jobs> StartAsync(Func<JobsSettings, JobsSettings>? configure = null, string master = "127.0.0.1:1", string? directory = null)
    {
        var jobs = new Jobs(directory ?? Directory.CreateTempSubdirectory("tepui-jobs-").FullName, directory is null, master, configure ?? (settings => settings));
        await jobs.StartHostAsync(port: 0);
        return jobs;
    }

    /// <summary>Another scheduler on the same data.</summary>
    public Task<FrameworkHost> StartSecondAsync() => JobsHost.StartAsync(Settings(port: 0));

    /// <summary>Stops it, lets something be done to its data, and starts it again on the same port and store.</summary>
    public async Task RestartAsync(Action? meanwhile = null)
    {
        var port = Host.Endpoint.Port;
        await Host.DisposeAsync();
        meanwhile?.Invoke();
        await StartHostAsync(port);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answer> PutAsync(string path, string? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

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
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await Http.SendAsync(request);
        return new Answer(answer.StatusCode, answer, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until runs of a job meet a condition; gives them, newest first.</summary>
    public async Task<JsonArray> RunsAsync(string job, Func<JsonArray, bool> condition)
    {
        JsonArray runs = [];
        await Wait.UntilAsync(
            async () =>
            {
                var answer = await GetAsync($"/scheduler/job/{job}/runs");
                runs = answer.Code == 200 ? answer.Json.AsArray() : [];
                return condition(runs);
            },
            () => $"the runs of {job} are as wanted; now: {runs.ToJsonString()}");
        return runs;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Http.Dispose();
        if (_ownsDirectory)
        {
            await TemporaryDirectory.RemoveAsync(_directory);
        }
    }

    private JobsSettings Settings(int port) => _configure(new JobsSettings { Masters = [_master], WorkDirectory = _directory, Port = port, Durable = false });

    private async Task StartHostAsync(int port) => Host = await JobsHost.StartAsync(Settings(port));
}
