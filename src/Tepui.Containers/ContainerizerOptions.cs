using Tepui.Containers.Supervisor;

namespace Tepui.Containers;

/// <summary>Settings of a <see cref="Containerizer"/>.</summary>
public sealed record ContainerizerOptions
{
    /// <summary>Absolute path of the agent's work directory.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Where the supervisor keeps its socket, log and table; <c>supervisor</c> in the work directory unless set.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Program and first arguments that run the hidden supervisor command when <c>supervisor --socket S --state DIR</c> is appended; by default the running program.</summary>
    public IReadOnlyList<string>? SupervisorCommand { get; init; }

    /// <summary>Tasks run as the user they name, which needs root; otherwise as the agent's own user.</summary>
    public bool SwitchUser { get; init; } = true;

    /// <summary>Directory that relative URIs are taken from; without one they are refused.</summary>
    public string? FrameworksHome { get; init; }

    /// <summary>A sandbox's <c>stdout</c> or <c>stderr</c> above this many bytes is rotated.</summary>
    public long LogSizeMax { get; init; } = 10 * 1024 * 1024;

    /// <summary>Rotated files kept for each of <c>stdout</c> and <c>stderr</c>, named <c>stdout.1</c> (newest) and so on.</summary>
    public int LogRotationsMax { get; init; } = 2;

    /// <summary>Time between two looks at the sizes of the logs.</summary>
    public TimeSpan LogCheckInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Launches that fetch at the same time; more wait.</summary>
    public int FetchesMax { get; init; } = 32;

    /// <summary>A fetch that gets no byte for so long fails.</summary>
    public TimeSpan FetchStallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait for a supervisor to answer after its start.</summary>
    public TimeSpan SupervisorStartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Build that the supervisor should have.</summary>
    internal string Build { get; init; } = BuildId.Value;
}
