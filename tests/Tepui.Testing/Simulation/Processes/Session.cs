using Tepui.Testing.Simulation.Network;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>One subscription of a scheduler: its event stream, and the connection its calls go over.</summary>
internal sealed class Session(MasterProcess master, Connection stream)
{
    public MasterProcess Master { get; } = master;

    public End Stream { get; } = stream.Client;

    public End Calls { get; set; } = stream.Client;

    public string StreamId { get; set; } = "";

    public bool IsSubscribed { get; set; }

    /// <summary>Events so far, heartbeats too.</summary>
    public int Heard { get; set; }

    public void Close(TimeSpan late)
    {
        Stream.Close(late);
        Calls.Close(late);
    }
}
