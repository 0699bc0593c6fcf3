namespace Tepui.Testing.Simulation.Network;

/// <summary>A byte stream in both directions, as of TCP: in order, until it breaks; then what was under way is lost, and each end hears of it in its own time.</summary>
internal sealed class Connection
{
    public Connection(World world, string client, string server)
    {
        World = world;
        Client = new(this, client);
        Server = new(this, server);
    }

    public World World { get; }

    public End Client { get; }

    public End Server { get; }

    public bool IsBroken { get; private set; }

    /// <summary>Delays are so many times longer.</summary>
    public double Slowness { get; set; } = 1;

    public bool IsOver => !Client.IsOpen && !Server.IsOpen;

    public bool IsCut => World.Net.IsCut(Client.Owner, Server.Owner);

    public TimeSpan Delay() => World.Settings.Delay * World.Random.NextDouble() * Slowness;

    /// <summary>Breaks it; the ends are told after these times.</summary>
    public void Break(TimeSpan client, TimeSpan server)
    {
        if (!IsBroken)
        {
            IsBroken = true;
            World.After(client, Client.Tell);
            World.After(server, Server.Tell);
        }
    }

    /// <summary>Faults are over: nobody holds a dead end for long.</summary>
    public void Heal()
    {
        Slowness = 1;
        if (IsBroken || Client.IsOpen != Server.IsOpen)
        {
            World.After(World.Seconds(0, 5), Client.Tell);
            World.After(World.Seconds(0, 5), Server.Tell);
        }

        Client.Release();
        Server.Release();
    }
}
