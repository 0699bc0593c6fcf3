using System.Collections.Concurrent;
using System.Net;

namespace Tepui.Services.Tests.Support;

/// <summary>A small HTTP server: keeps what it is sent, and answers as told.</summary>
internal sealed class TextServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _running;

    public TextServer()
    {
        // The listener cannot choose a port itself.
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Prefixes.Add($"http://localhost:{Port}/");
        _listener.Start();
        _running = Task.Run(RunAsync);
    }

    public int Port { get; }

    public int Status { get; set; } = 200;

    public string Body { get; set; } = "hello";

    public ConcurrentQueue<(string Path, string Body)> Requests { get; } = new();

    public void Dispose()
    {
        _listener.Stop();
        _running.Wait();
        _listener.Close();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                await AnswerAsync(context);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            Requests.Enqueue((context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync()));
            context.Response.StatusCode = Status;
            context.Response.ContentType = "text/plain";
            if (Status is >= 300 and < 400)
            {
                context.Response.RedirectLocation = "http://127.0.0.1:1/";
            }

            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Body));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException && _listener.IsListening)
        {
            // This client left; the next one is served all the same.
            context.Response.Abort();
        }
    }
}
