using System.Net.Security;
using System.Net.Sockets;

namespace Tepui.Services.Checks;

/// <summary>Asks tasks over HTTP, HTTPS and TCP. Every probe makes a connection of its own, follows no redirect and checks no certificate.</summary>
internal sealed class Prober : IDisposable
{
    private const int BodyMax = 64 * 1024;

    /// <summary>Timers cannot be set to just any time.</summary>
    private static readonly TimeSpan LimitMax = TimeSpan.FromDays(1);

#pragma warning disable CA5359 // Checks ask whether a task answers, not who it is; tasks have certificates for other names.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 16 * 1024 * 1024,
    };
#pragma warning restore CA5359

    /// <summary>Asks for a page.</summary>
    /// <param name="address">Where.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="readBody">Whether the page itself is wanted.</param>
    /// <param name="stop">Ends the probe.</param>
    public async Task<ProbeAnswer> GetAsync(Uri address, TimeSpan limit, bool readBody, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit = limit < LimitMax ? limit : LimitMax;
        ending.CancelAfter(limit);
        try
        {
            using var answer = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            var body = readBody ? await ReadAsync(answer.Content, ending.Token) : null;
            return new ProbeAnswer((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), body, null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return ProbeAnswer.Failed($"no answer within {limit.TotalSeconds:0.###} s");
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return ProbeAnswer.Failed(e.InnerException is SocketException socket ? socket.Message : e.Message);
        }
    }

    /// <summary>Connects; gives what failed, or <see langword="null"/>.</summary>
    public static async Task<string?> ConnectAsync(string host, int port, TimeSpan limit, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit = limit < LimitMax ? limit : LimitMax;
        ending.CancelAfter(limit);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(host, port, ending.Token);
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"no connection within {limit.TotalSeconds:0.###} s";
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return e.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var bytes = new byte[BodyMax];
        var length = await stream.ReadAtLeastAsync(bytes, BodyMax, throwOnEndOfStream: false, cancel);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, length);
    }
}
