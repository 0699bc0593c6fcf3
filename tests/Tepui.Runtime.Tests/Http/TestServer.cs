using System.Net.Sockets;
using System.Text;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Tests.Http;

/// <summary>A real server on a port of the system's choice, and raw requests to it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private TestServer(TepuiHost host)
    {
        Host = host;
        Client = new HttpClient { BaseAddress = host.Uri, Timeout = TimeSpan.FromSeconds(30) };
    }

    public TepuiHost Host { get; }

    public HttpClient Client { get; }

    public static async Task<TestServer> StartAsync(MesosRouter router) =>
        new(await TepuiHost.StartAsync(new TepuiHostOptions { Name = "test" }, router));

    /// <summary>Sends bytes as they are and returns all that comes back until the server closes.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Host.Endpoint);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
