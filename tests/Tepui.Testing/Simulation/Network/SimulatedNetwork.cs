namespace Tepui.Testing.Simulation.Network;

/// <summary>All connections, and who cannot reach whom.</summary>
internal sealed class SimulatedNetwork(World world)
{
    private readonly List<Connection> _connections = [];
    private readonly HashSet<(string, string)> _cut = [];

    /// <summary>Those that at least one end holds open.</summary>
    public IReadOnlyList<Connection> Connections
    {
        get
        {
            _connections.RemoveAll(static connection => connection.IsOver);
            return _connections;
        }
    }

    public bool IsCut(string left, string right) => _cut.Count > 0 && (_cut.Contains((left, right)) || _cut.Contains((right, left)));

    public Connection Connect(string client, string server)
    {
        var connection = new Connection(world, client, server);
        _connections.Add(connection);
        return connection;
    }

    /// <summary>Parts two processes for a while.</summary>
    public void Cut(string left, string right, TimeSpan time)
    {
        if (_cut.Add((left, right)))
        {
            world.Note("network", $"parts {left} from {right} for {time.TotalSeconds:F0} s");
            world.After(time, () => Join(left, right));
        }
    }

    /// <summary>Ends all partitions and half-open connections.</summary>
    public void Heal()
    {
        _cut.Clear();
        foreach (var connection in Connections.ToArray())
        {
            connection.Heal();
        }
    }

    private void Join(string left, string right)
    {
        if (_cut.Remove((left, right)))
        {
            world.Note("network", $"joins {left} and {right}");
            foreach (var connection in Connections.ToArray())
            {
                connection.Client.Release();
                connection.Server.Release();
            }
        }
    }
}
