using System.Diagnostics.CodeAnalysis;
using Tepui.Model.Time;

namespace Tepui.Agent.Core.GarbageCollection;

/// <summary>A sandbox nothing runs in any more.</summary>
/// <param name="Key">Key of its checkpoint.</param>
/// <param name="Directory">Relative to the work directory.</param>
/// <param name="Since">When its executor ended.</param>
internal sealed record OldSandbox(string Key, string Directory, DateTimeOffset Since)
{
    /// <summary>It is removed, and its checkpoint with it.</summary>
    public bool IsCollected { get; set; }
}

/// <summary>Sandboxes that wait for their collection, oldest first.</summary>
internal sealed class SandboxQueue(AgentOptions options)
{
    private readonly Queue<OldSandbox> _old = new();

    public int Count => _old.Count;

    /// <summary>The age at which they are collected now; lower than <see cref="AgentOptions.GcDelay"/> when the disk fills up.</summary>
    public TimeSpan AgeMax { get; set; } = options.GcDelay;

    /// <summary>Wakes the agent for the oldest.</summary>
    public Alarm<Turn>? Next { get; set; }

    public void Add(OldSandbox sandbox) => _old.Enqueue(sandbox);

    public bool TryPeek([NotNullWhen(true)] out OldSandbox? sandbox) => _old.TryPeek(out sandbox);

    public void Dequeue() => _old.Dequeue();
}
