namespace Tepui.Testing.Simulation.Processes;

/// <summary>What the cluster and its faults do with one of Tepui's own frameworks.</summary>
internal interface IOwnScheduler
{
    public string Name { get; }

    public bool IsUp { get; }

    public Disk Disk { get; }

    /// <summary>Its framework id, once it has one.</summary>
    public string? Id { get; }

    /// <summary>The master its stream leads to.</summary>
    public MasterProcess? Master { get; }

    public void Start();

    public void Crash(string why);

    public void JumpClock(TimeSpan time);

    /// <summary>Subscribes elsewhere because there is a newer master.</summary>
    public void LeaveStream();
}
