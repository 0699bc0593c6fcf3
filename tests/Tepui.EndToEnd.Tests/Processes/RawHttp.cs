using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>Bytes as they are, and what comes back: for requests that no decent client sends.</summary>
internal static class RawHttp
{
    /// <summary>Sends parts one after another and reads to the end of the connection.</summary>
    /// <returns>The answer; status 0 when the connection was closed without one.</returns>
    public static async Task<(int Status, string Body)> SendAsync(string address, params IEnumerable<byte[]> parts)
    {
        using var limit = new CancellationTokenSource(TepuiProcess.Limit);
        using var client = await ConnectAsync(address, limit.Token);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        var sending = SendAllAsync(stream, parts, limit.Token);
        try
        {
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // Cut off; what came before counts.
        }

        await sending;
        return Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    public static async Task<TcpClient> ConnectAsync(string address, CancellationToken cancel = default)
    {
        var (host, port) = (address.Split(':')[0], int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture));
        var client = new TcpClient();
        await client.ConnectAsync(host, port, cancel);
        return client;
    }

    /// <summary>A POST of a whole body, closing the connection after the answer.</summary>
    public static byte[] Post(string path, byte[] body, string type = "application/json", string more = "") =>
        [.. Head(path, type, $"Content-Length: {body.Length}\r\nConnection: close\r\n{more}"), .. body];

    /// <summary>The head of a POST, with header lines that each end in CRLF.</summary>
    public static byte[] Head(string path, string type, string more) =>
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\n{more}\r\n");

    private static async Task SendAllAsync(NetworkStream stream, IEnumerable<byte[]> parts, CancellationToken cancel)
    {
        try
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(part, cancel);
            }
        }
        catch (IOException)
        {
            // The other side has heard enough.
        }
    }

    private static (int Status, string Body) Parse(string answer)
    {
        if (!answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
        {
            return (0, answer);
        }

        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture), answer[(end + 4)..]);
    }
}
