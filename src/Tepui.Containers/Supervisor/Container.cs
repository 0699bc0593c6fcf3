using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Supervisor;

/// <summary>Where a container stands in the supervisor.</summary>
internal enum ContainerStage
{
    /// <summary>Waits for a thread to start it.</summary>
    Queued,

    /// <summary>Is being started.</summary>
    Starting,

    /// <summary>Its first process runs.</summary>
    Running,

    /// <summary>Its first process is gone, others it left behind are being ended.</summary>
    Ending,

    /// <summary>Nothing of it runs.</summary>
    Ended,
}

/// <summary>One container. Guarded by the <see cref="ContainerTable.Gate"/>; the last member excepted.</summary>
internal sealed class Container(string id, string directory)
{
    /// <summary>Its id.</summary>
    public string Id { get; } = id;

    /// <summary>Its sandbox. Its processes carry it in their environment, which marks those that left the session.</summary>
    public string Directory { get; } = directory;

    /// <summary>A check: in no log, and it marks no processes, for it shares the sandbox of the container it is about.</summary>
    public bool Transient { get; init; }

    /// <summary>What to start; dropped once done.</summary>
    public SupervisorRequest.Types.Launch? Launch { get; set; }

    /// <summary>Where it stands.</summary>
    public ContainerStage Stage { get; set; }

    /// <summary>First process, 0 before it runs.</summary>
    public int Pid { get; set; }

    /// <summary>Start time of the first process in ticks since boot; 0 if it had ended before it could be read.</summary>
    public ulong StartTime { get; set; }

    /// <summary>Handle on a first process that is not our child, else -1.</summary>
    public int Pidfd { get; set; } = -1;

    /// <summary>Raw wait status, once ended and known.</summary>
    public int? WaitStatus { get; set; }

    /// <summary>When its first process was started, in milliseconds since 1970; <see langword="null"/> when an earlier supervisor started it.</summary>
    public ulong? StartedMs { get; private set; }

    /// <summary>When its first process was seen to have ended, in milliseconds since 1970; <see langword="null"/> when nobody saw it.</summary>
    public ulong? EndedMs { get; set; }

    /// <summary>When SIGKILL is due, in milliseconds since boot; <see cref="long.MaxValue"/> while nobody wants it ended.</summary>
    public long KillDeadline { get; set; } = long.MaxValue;

    /// <summary>What the log says of it and the agent may be told: <see cref="ContainerStage.Queued"/>, Running or Ended. Belongs to the recorder's thread.</summary>
    public ContainerStage Recorded { get; set; }

    /// <summary>Its first process is about to be started.</summary>
    public void Begin()
    {
        StartedMs = Now();
        Stage = ContainerStage.Starting;
    }

    /// <summary>Its first process has just ended.</summary>
    public void FirstEnded(int? waitStatus)
    {
        WaitStatus = waitStatus;
        EndedMs = Now();
        Stage = ContainerStage.Ending;
    }

    private static ulong Now() => (ulong)Math.Max(0, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
}
