using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tepui.Master.Tests.Support;

/// <summary>Sends bytes as they are and reads what comes back.</summary>
internal static class RawClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends a request that asks for the connection to be closed, and reads the answer to its end.</summary>
    public static async Task<RawAnswer> SendAsync(IPEndPoint master, byte[] request)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(master, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(request, limit.Token);
        var answer = new MemoryStream();
        await stream.CopyToAsync(answer, limit.Token);
        return RawAnswer.Parse(answer.ToArray());
    }

    /// <summary>Reads until <paramref name="enough"/>, for streams that do not end; then hangs up.</summary>
    public static async Task<RawAnswer> SendAsync(IPEndPoint master, byte[] request, Func<RawAnswer, bool> enough)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(master, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(request, limit.Token);
        var answer = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, limit.Token);
            answer.Write(buffer, 0, read);
            var bytes = answer.ToArray();
            if (read == 0 || (bytes.AsSpan().IndexOf("\r\n\r\n"u8) > 0 && enough(RawAnswer.Parse(bytes))))
            {
                return RawAnswer.Parse(bytes);
            }
        }
    }

    /// <summary>A request with a body, closing the connection after the answer.</summary>
    public static byte[] Request(string method, string path, string body = "", params string[] headers)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        if (body.Length > 0)
        {
            text.Append($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}
