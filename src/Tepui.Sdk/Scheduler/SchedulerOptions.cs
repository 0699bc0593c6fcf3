using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Sdk.Scheduler;

/// <summary>What a <see cref="SchedulerClient"/> is told once.</summary>
public sealed record SchedulerOptions
{
    /// <summary>Addresses of masters, <c>HOST:PORT</c> or <c>http://HOST:PORT</c>. One is enough where it is alive: others are found by its redirects.</summary>
    public required IReadOnlyList<string> Masters { get; init; }

    /// <summary>Who the framework is. With an id set it takes over from an earlier instance of itself; without one the master hands it an id.</summary>
    public required FrameworkInfo Framework { get; init; }

    /// <summary>Roles to get no offers for at first.</summary>
    public IReadOnlyList<string> SuppressedRoles { get; init; } = [];

    /// <summary>Which agents' offers are wanted, by role; all if unset.</summary>
    public OfferConstraints? OfferConstraints { get; init; }

    /// <summary>For masters that authenticate frameworks; the secret travels in plain text.</summary>
    public Credential? Credential { get; init; }

    /// <summary>Acknowledge each status update once the program asks for the next event. Off: call <see cref="SchedulerCalls.Acknowledge(SchedulerClient, TaskStatus)"/>.</summary>
    public bool AutoAcknowledge { get; init; } = true;

    /// <summary>Keep <see cref="SchedulerClient.Tasks"/>. A program that keeps its tasks itself saves their memory; the client then knows of none and asks about none by name.</summary>
    public bool TrackTasks { get; init; } = true;

    /// <summary>Ask about tasks after a new subscription, and again after this long (with chance in it). <see langword="null"/> never asks.</summary>
    public TimeSpan? ReconcileInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest wait before the first try to subscribe again; later waits grow by half.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest wait between two tries.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A master silent for so many heartbeat intervals is taken for dead.</summary>
    public double HeartbeatsMissedMax { get; init; } = 3;

    /// <summary>Longest wait for the answer to SUBSCRIBE.</summary>
    public TimeSpan SubscribeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Events read ahead of the program; beyond that the master's stream is left unread.</summary>
    public int EventsAheadMax { get; init; } = 4096;

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
