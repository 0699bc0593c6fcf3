using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tepui.Runtime.Link;

/// <summary>The agent's side of opening a link: a socket and one request, nothing kept beside them, so that ten thousand fit on a machine.</summary>
public static class LinkClient
{
    private const int MaxHead = 16 * 1024;

    /// <summary>Connects to a master and asks for a link.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Port.</param>
    /// <param name="timeout">Longest time for all of it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The stream; disposing it closes the connection.</returns>
    /// <exception cref="LinkRefusedException">There is something, but it opens no link; it may name another place.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="SocketException">There is no connection to be had.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public static async Task<Stream> ConnectAsync(string host, int port, TimeSpan timeout, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, limit.Token);
            return await HandshakeAsync(socket, host, port, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"No link to {host}:{port} within {timeout.TotalSeconds} s.", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> HandshakeAsync(Socket socket, string host, int port, CancellationToken cancel)
    {
        var name = IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : host;
        var request = $"GET {LinkProtocol.Path} HTTP/1.1\r\nHost: {name}:{port}\r\nConnection: Upgrade\r\nUpgrade: {LinkProtocol.Name}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), cancel);

        var head = new byte[1024];
        var count = 0;
        int end;
        while ((end = head.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (count == MaxHead)
            {
                throw new LinkRefusedException(0, null, $"{host}:{port} does not answer as a master does.");
            }

            if (count == head.Length)
            {
                Array.Resize(ref head, head.Length * 2);
            }

            var read = await socket.ReceiveAsync(head.AsMemory(count), cancel);
            if (read == 0)
            {
                throw new LinkRefusedException(0, null, $"{host}:{port} closed the connection without an answer.");
            }

            count += read;
        }

        Check(Encoding.Latin1.GetString(head, 0, end), host, port);
        var network = new NetworkStream(socket, ownsSocket: true);
        var early = head.AsMemory(end + 4, count - end - 4);
        return early.IsEmpty ? network : new PrefixedStream(early, network);
    }

    private static void Check(string head, string host, int port)
    {
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ', 3);
        if (words.Length < 2 || !words[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            throw new LinkRefusedException(0, null, $"{host}:{port} does not answer as a master does.");
        }

        if (status != 101)
        {
            throw new LinkRefusedException(status, Header(lines, "Location"), $"{host}:{port} opened no link: it answered {string.Join(' ', words.Skip(1))}.");
        }

        if (Header(lines, "Upgrade") is not { } upgraded || !upgraded.Equals(LinkProtocol.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new LinkRefusedException(status, null, $"{host}:{port} speaks '{Header(lines, "Upgrade")}', not '{LinkProtocol.Name}'.");
        }
    }

    private static string? Header(string[] lines, string name)
    {
        foreach (var line in lines)
        {
            if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }
}
