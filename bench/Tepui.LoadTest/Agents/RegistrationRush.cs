using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tepui.Protocol.Link;
using Tepui.Runtime.Link;

namespace Tepui.LoadTest.Agents;

/// <summary>Many new agents that come at once, each over a connection of its own: connect, upgrade, register, wait for the id. Blocking sockets and three threads, so that the master gets the machine.</summary>
internal sealed class RegistrationRush : IDisposable
{
    private readonly Socket[] _sockets;
    private readonly HashSet<string> _ids = [];
    private readonly IPEndPoint _master;
    private volatile int _connected;
    private volatile int _asked;
    private volatile Exception? _failed;

    /// <summary>Prepares the agents; connects nothing yet.</summary>
    public RegistrationRush(Uri master, int agents)
    {
        _master = new(IPAddress.Parse(master.Host), master.Port);
        _sockets = new Socket[agents];
    }

    /// <summary>Registers all agents.</summary>
    /// <returns>From the first connection to the last id.</returns>
    /// <exception cref="LoadTestException">An agent was not admitted.</exception>
    public TimeSpan Run()
    {
        var frames = Enumerable.Range(0, _sockets.Length).Select(number => Registering.Framed(Registering.Frame(number, 8, 16_384))).ToArray();
        var began = Stopwatch.GetTimestamp();
        var threads = new[] { new Thread(() => Guard(Connect)), new Thread(() => Guard(() => Ask(frames))), new Thread(() => Guard(TakeIds)) };
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        var took = Stopwatch.GetElapsedTime(began);
        return _failed is { } failed ? throw new LoadTestException($"Registering failed: {failed.Message}")
            : _ids.Count != _sockets.Length ? throw new LoadTestException($"{_ids.Count} different agent ids for {_sockets.Length} agents")
            : took;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket?.Dispose();
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is SocketException or IOException or Google.Protobuf.InvalidProtocolBufferException)
        {
            _failed = e;
        }
    }

    private void Connect()
    {
        var upgrade = Encoding.ASCII.GetBytes($"GET {LinkProtocol.Path} HTTP/1.1\r\nHost: {_master}\r\nConnection: Upgrade\r\nUpgrade: {LinkProtocol.Name}\r\n\r\n");
        for (var i = 0; i < _sockets.Length && _failed is null; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _sockets[i] = socket;
            socket.Connect(_master);
            socket.Send(upgrade);
            _connected = i + 1;
        }
    }

    private void Ask(byte[][] frames)
    {
        var head = new byte[1024];
        for (var i = 0; i < _sockets.Length && WaitFor(() => _connected, i); i++)
        {
            var count = 0;
            while (head.AsSpan(0, count).IndexOf("\r\n\r\n"u8) < 0)
            {
                count += Receive(_sockets[i], head.AsSpan(count));
            }

            if (!head.AsSpan(0, count).StartsWith("HTTP/1.1 101"u8))
            {
                throw new IOException($"No link: {Encoding.Latin1.GetString(head, 0, count)}");
            }

            _sockets[i].Send(frames[i]);
            _asked = i + 1;
        }
    }

    private void TakeIds()
    {
        var buffer = new byte[16 * 1024];
        for (var i = 0; i < _sockets.Length && WaitFor(() => _asked, i); i++)
        {
            ReceiveAll(_sockets[i], buffer.AsSpan(0, 4));
            var length = BinaryPrimitives.ReadInt32BigEndian(buffer);
            ReceiveAll(_sockets[i], buffer.AsSpan(0, length));
            var frame = MasterFrame.Parser.ParseFrom(buffer, 0, length);
            if (frame.MessageCase != MasterFrame.MessageOneofCase.Registered)
            {
                throw new IOException($"Agent {i} was answered {frame.MessageCase}");
            }

            _ids.Add(frame.Registered.AgentId.Value);
        }
    }

    private bool WaitFor(Func<int> done, int number)
    {
        while (done() <= number && _failed is null)
        {
            Thread.Sleep(1);
        }

        return _failed is null;
    }

    private static void ReceiveAll(Socket socket, Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            into = into[Receive(socket, into)..];
        }
    }

    private static int Receive(Socket socket, Span<byte> into) =>
        socket.Receive(into) is var count and > 0 ? count : throw new IOException("The master closed the connection");
}
