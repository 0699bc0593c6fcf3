using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation;

/// <summary>What a seed draws before a simulation begins. Tests may change some of it; the rest of the course changes with it.</summary>
public sealed record SimulationSettings
{
    /// <summary>Agents, each on a machine of its own.</summary>
    public required int Agents { get; init; }

    /// <summary>Schedulers.</summary>
    public required int Frameworks { get; init; }

    /// <summary>Whether the services scheduler and its clients take part.</summary>
    public bool Services { get; init; }

    /// <summary>Whether the jobs scheduler takes part, and with which jobs.</summary>
    public JobWork? Jobs { get; init; }

    /// <summary>Whether anything goes wrong before the heal.</summary>
    public bool Faults { get; init; } = true;

    /// <summary>Mean time between two faults.</summary>
    public required TimeSpan FaultGap { get; init; }

    /// <summary>Chance that a process dies while it carries out one batch.</summary>
    public required double CrashPoint { get; init; }

    /// <summary>Longest delay of a message while nothing is slow.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>Time between pings to an agent.</summary>
    public required TimeSpan Ping { get; init; }

    /// <summary>Pings in a row an agent may miss.</summary>
    public required int Pings { get; init; }

    /// <summary>Time a disconnected agent has to come back.</summary>
    public required TimeSpan Reregister { get; init; }

    /// <summary>When unanswered offers are rescinded, if ever.</summary>
    public required TimeSpan? OfferTimeout { get; init; }

    /// <summary>First wait before an unacknowledged update is sent again.</summary>
    public required TimeSpan UpdateRetry { get; init; }

    /// <summary>Lines of the trace that are kept for a failure.</summary>
    public int TracedLines { get; init; } = 300;

    /// <summary>Draws settings: small pools and short time-outs, so that much happens.</summary>
    internal static SimulationSettings Draw(Random random) => new()
    {
        Agents = random.Next(3, random.Next(4) == 0 ? 15 : 8),
        Frameworks = random.Next(1, 5),
        FaultGap = TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 10)),
        CrashPoint = random.Next(4) == 0 ? 0 : random.NextDouble() / 150,
        Delay = TimeSpan.FromMilliseconds(random.Next(2, random.Next(3) == 0 ? 400 : 20)),
        Ping = TimeSpan.FromSeconds(random.Next(5, 16)),
        Pings = random.Next(2, 6),
        Reregister = TimeSpan.FromSeconds(random.Next(20, 300)),
        OfferTimeout = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(10, 120)),
        UpdateRetry = TimeSpan.FromSeconds(random.Next(2, 11)),
    };
}
