using System.Net;
using System.Text;
using Tepui.Frameworks.Hosting;

namespace Tepui.Tests.Frameworks;

/// <summary>A scheduler in this process, and requests to it. Without a master nothing runs, and all else works.</summary>
/// <param name="name">What its temporary directory begins with.</param>
/// <param name="directory">Where it keeps its data; null for a directory that goes with it.</param>
internal abstract class TestScheduler(string name, string? directory) : IAsyncDisposable
{
    private readonly bool _ownsDirectory = directory is null;

    public FrameworkHost Host { get; private set; } = null!;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { Timeout = Wait.Limit };

    /// <summary>Where it keeps its data.</summary>
    protected string WorkDirectory { get; } = directory ?? Directory.CreateTempSubdirectory(name).FullName;

    /// <summary>Stops it, lets something be done to its data, and starts it again on the same port and store.</summary>
    public async Task RestartAsync(Action? meanwhile = null)
    {
        var port = Host.Endpoint.Port;
        await Host.DisposeAsync();
        meanwhile?.Invoke();
        await StartAsync(port);
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
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var answer = await Http.SendAsync(request);
        return new Answer(answer.StatusCode, answer, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Http.Dispose();
        if (_ownsDirectory)
        {
            await TemporaryDirectory.RemoveAsync(WorkDirectory);
        }
    }

    /// <summary>Starts it; port 0 lets the system choose.</summary>
    protected async Task StartAsync(int port) => Host = await StartHostAsync(port);

    /// <summary>Starts one on its data.</summary>
    protected abstract Task<FrameworkHost> StartHostAsync(int port);
}
