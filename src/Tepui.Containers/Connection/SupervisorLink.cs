using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Tepui.Containers.Supervisor;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Connection;

/// <summary>One connection to a supervisor. What is sent goes out in batches; once it is broken, nothing more goes out and <see cref="ReadAsync"/> ends.</summary>
internal sealed class SupervisorLink : IAsyncDisposable
{
    // SOL_SOCKET and SO_PEERCRED; what they give is pid, user and group.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    private readonly Socket _socket;
    private readonly FrameReader<SupervisorEvent> _frames = new(SupervisorEvent.Parser);
    private readonly Channel<SupervisorRequest> _outgoing = Channel.CreateUnbounded<SupervisorRequest>(new() { SingleReader = true });
    private readonly Task _writing;

    private SupervisorLink(Socket socket)
    {
        _socket = socket;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Connects; <see langword="null"/> when no supervisor listens there.</summary>
    public static async Task<SupervisorLink?> TryConnectAsync(string path, CancellationToken cancel)
    {
        using var address = new SocketPath(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(address.EndPoint, cancel);
            return new SupervisorLink(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The process at the other end.</summary>
    public int PeerPid()
    {
        Span<int> credentials = stackalloc int[3];
        _socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials));
        return credentials[0];
    }

    /// <summary>Sends a request, some time soon; lost if the link breaks first.</summary>
    public void Send(SupervisorRequest request) => _outgoing.Writer.TryWrite(request);

    /// <summary>The next event; <see langword="null"/> at the end of the connection, or when what comes is no event.</summary>
    public async ValueTask<SupervisorEvent?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            SupervisorEvent message;
            while (!_frames.TryRead(out message))
            {
                var count = await _socket.ReceiveAsync(_frames.Free(), cancel);
                if (count == 0)
                {
                    return null;
                }

                _frames.Advance(count);
            }

            return message;
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or InvalidDataException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        _socket.Dispose();
        await _writing;
    }

    private async Task WriteAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync())
            {
                while (buffer.WrittenCount < 1024 * 1024 && _outgoing.Reader.TryRead(out var request))
                {
                    Wire.Append(buffer, request);
                }

                for (var rest = buffer.WrittenMemory; rest.Length > 0;)
                {
                    rest = rest[await _socket.SendAsync(rest)..];
                }

                buffer.ResetWrittenCount();
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // The reading side sees the end too and reports it.
        }
    }
}
