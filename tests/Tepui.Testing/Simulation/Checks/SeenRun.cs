using Tepui.Protocol.Jobs;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation.Checks;

/// <summary>A run as it was written down last, with the tasks that were launched for it and when they were seen to execute.</summary>
internal sealed class SeenRun(RunEntry entry)
{
    /// <summary>As it lasts.</summary>
    public RunEntry Entry { get; set; } = entry;

    /// <summary>Launched for it, in order.</summary>
    public List<SimulatedTask> Tasks { get; } = [];

    /// <summary>When its tasks began to execute, by the clock of the scheduler.</summary>
    public List<DateTimeOffset> Starts { get; } = [];

    /// <summary>Tasks that execute now.</summary>
    public int Alive { get; set; }

    public DateTimeOffset FirstDue => DateTimeOffset.UnixEpoch.AddTicks(Entry.FirstDue);

    public DateTimeOffset Due => DateTimeOffset.UnixEpoch.AddTicks(Entry.Due);

    public override string ToString() =>
        $"{Entry.Job}#{Entry.Number} [{FirstDue:HH:mm:ss}..{Due:HH:mm:ss}]x{Entry.Covers} {(Tepui.Jobs.Core.Runs.RunState)Entry.State} attempt {Entry.Attempt} started [{string.Join(" ", Starts.Select(static start => $"{start:HH:mm:ss.f}"))}] {Entry.Message}";
}
