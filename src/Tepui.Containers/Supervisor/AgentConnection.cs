using System.Net.Sockets;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Supervisor;

/// <summary>One agent's socket. A thread of its own reads it; the recorder's thread writes it.</summary>
internal sealed class AgentConnection(Socket socket, Requests requests, Recorder recorder)
{
    // An agent that is stopped must not keep exits from being recorded; when it goes on it connects again.
    private const int SendTimeoutMs = 30_000;

    /// <summary>Starts to read.</summary>
    public void Start()
    {
        socket.SendTimeout = SendTimeoutMs;
        Threads.Start("agent", Read);
    }

    /// <summary>Sends bytes; <see langword="false"/> when the connection is broken.</summary>
    public bool Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[socket.Send(bytes)..];
            }

            return true;
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            Close();
            return false;
        }
    }

    /// <summary>Ends the connection; the reader's thread then ends too.</summary>
    public void Close()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Closed from the other side already.
        }
    }

    private void Read()
    {
        using var owned = socket;
        var frames = new FrameReader<SupervisorRequest>(SupervisorRequest.Parser);
        try
        {
            while (true)
            {
                var count = socket.Receive(frames.Free().Span);
                if (count == 0)
                {
                    break;
                }

                frames.Advance(count);
                while (frames.TryRead(out var request))
                {
                    requests.Handle(this, request);
                }
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or InvalidDataException)
        {
            if (broken is InvalidDataException)
            {
                Threads.Report($"Closed a connection: {broken.Message}");
            }
        }

        recorder.Detach(this);
    }
}
