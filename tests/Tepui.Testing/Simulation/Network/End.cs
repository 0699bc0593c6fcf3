namespace Tepui.Testing.Simulation.Network;

/// <summary>One end of a connection, owned by a process.</summary>
internal sealed class End(Connection connection, string owner)
{
    private readonly Queue<Func<Packet>> _held = new();
    private DateTimeOffset _last;

    public Connection Connection { get; } = connection;

    public string Owner { get; } = owner;

    /// <summary>The owner has neither closed it nor been told that it is closed.</summary>
    public bool IsOpen { get; private set; } = true;

    public Action<Packet>? Received { get; set; }

    public Action? Closed { get; set; }

    private End Peer => Connection.Client == this ? Connection.Server : Connection.Client;

    public void Send(Packet packet)
    {
        if (!IsOpen || Connection.IsBroken)
        {
            return;
        }

        var frozen = packet.Freeze();
        Connection.World.After(Peer.Arrival(), () => Peer.Arrive(frozen));
    }

    /// <summary>Ends the connection after what was sent; the peer is told in order, or later if the machine died with the process.</summary>
    public void Close(TimeSpan late = default)
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        if (!Connection.IsBroken)
        {
            Connection.World.After(Peer.Arrival() + late, Peer.Tell);
        }
    }

    /// <summary>The owner hears that the connection is over, if it does not know yet.</summary>
    public void Tell()
    {
        if (IsOpen)
        {
            if (Connection.IsCut && !Connection.World.IsHealing && !Connection.IsBroken)
            {
                // A partition keeps the news away too.
                Connection.World.After(TimeSpan.FromSeconds(1), Tell);
                return;
            }

            while (_held.TryDequeue(out var packet))
            {
                Received?.Invoke(packet());
            }

            IsOpen = false;
            Closed?.Invoke();
        }
    }

    /// <summary>A partition is over: what was held back arrives.</summary>
    public void Release()
    {
        while (IsOpen && !Connection.IsBroken && !Connection.IsCut && _held.TryDequeue(out var packet))
        {
            Received?.Invoke(packet());
        }
    }

    private TimeSpan Arrival()
    {
        var at = Connection.World.Now + Connection.Delay();
        _last = at > _last ? at : _last;
        return _last - Connection.World.Now;
    }

    private void Arrive(Func<Packet> packet)
    {
        if (!IsOpen || Connection.IsBroken)
        {
            return;
        }

        if (Connection.IsCut || _held.Count > 0)
        {
            _held.Enqueue(packet);
        }
        else
        {
            Received?.Invoke(packet());
        }
    }
}
