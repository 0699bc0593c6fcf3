using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Health;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Views;

/// <summary>Everything readers may ask, as of one moment. Never changes.</summary>
public sealed record ServicesView
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Our id; unset before the first subscription.</summary>
    public required FrameworkId Framework { get; init; }

    /// <summary>The leading master while subscribed.</summary>
    public required string? Master { get; init; }

    /// <summary>Groups, apps, pods.</summary>
    public required ServiceTree Tree { get; init; }

    /// <summary>Instances by spec; specs without instances may be missing.</summary>
    public required IReadOnlyDictionary<PathId, IReadOnlyList<Instance>> Instances { get; init; }

    /// <summary>Deployments under way, oldest first.</summary>
    public required IReadOnlyList<DeploymentView> Deployments { get; init; }

    /// <summary>Deployments that are over, newest first.</summary>
    public required IReadOnlyList<DeploymentView> Finished { get; init; }

    /// <summary>Specs with instances that wait.</summary>
    public required IReadOnlyList<QueueItem> Queue { get; init; }

    /// <summary>Last failure by spec.</summary>
    public required IReadOnlyDictionary<PathId, TaskFailure> Failures { get; init; }

    /// <summary>Crash loops by spec.</summary>
    public required IReadOnlyDictionary<PathId, CrashLoop> CrashLoops { get; init; }

    /// <summary>Limits on replacement now in force, by spec.</summary>
    public required IReadOnlyDictionary<PathId, KillBudgetStatus> KillBudgets { get; init; }

    /// <summary>Results of health checks run by the scheduler and the agents, by instance.</summary>
    public required IReadOnlyDictionary<InstanceId, IReadOnlyList<HealthResult>> Health { get; init; }

    /// <summary>Last decisions of the autoscaler, by app.</summary>
    public required IReadOnlyDictionary<PathId, ScalingDecision> Scaling { get; init; }

    /// <summary>HTTP callback subscribers.</summary>
    public required IReadOnlyList<string> Callbacks { get; init; }

    /// <summary>Terminated instances of pods kept for their status, by pod, newest first.</summary>
    public required IReadOnlyDictionary<PathId, IReadOnlyList<Instance>> Terminated { get; init; }

    /// <summary>Counts since the start, by metric name without prefix.</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }

    /// <summary>Earlier versions, for look-ups: <see cref="VersionsOf"/> and <see cref="VersionOf"/>.</summary>
    public required VersionIndex Versions { get; init; }

    /// <summary>Times of all kept versions of an app or pod, newest first; <see langword="null"/> if it is not known.</summary>
    public IReadOnlyList<DateTimeOffset>? VersionsOf(PathId id) => Versions.Of(id);

    /// <summary>A version of an app or pod, if it is kept.</summary>
    public RunSpec? VersionOf(PathId id, DateTimeOffset version) => Versions.Find(id, version);

    /// <summary>Instances of a spec.</summary>
    public IReadOnlyList<Instance> InstancesOf(PathId id) => Instances.GetValueOrDefault(id) ?? [];
}

/// <summary>A spec with instances that wait for offers.</summary>
/// <param name="Spec">Which.</param>
/// <param name="Count">How many wait.</param>
/// <param name="Since">Since when.</param>
/// <param name="DelayedUntil">End of the back-off in force, if any.</param>
/// <param name="Offers">What became of offers.</param>
public sealed record QueueItem(RunSpec Spec, int Count, DateTimeOffset Since, DateTimeOffset? DelayedUntil, OfferSummary Offers)
{
    /// <summary>What was refused that it needs, if something was; it is tried again from time to time.</summary>
    public string? Held { get; init; }
}

/// <summary>What became of the offers that a waiting spec saw.</summary>
public sealed record OfferSummary
{
    /// <summary>Offers looked at.</summary>
    public long Processed { get; init; }

    /// <summary>Offers that did not do.</summary>
    public long Unused { get; init; }

    /// <summary>When one did not do last.</summary>
    public DateTimeOffset? LastUnusedAt { get; init; }

    /// <summary>When one did last.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>By reason in the order of the gates, over the last offer of each agent.</summary>
    public IReadOnlyList<RejectionCount> LastOffers { get; init; } = [];

    /// <summary>By reason in the order of the gates, since the spec began to wait.</summary>
    public IReadOnlyList<RejectionCount> SinceLaunchAttempt { get; init; } = [];

    /// <summary>The last offers that did not do, newest first.</summary>
    public IReadOnlyList<UnusedOffer> LastUnused { get; init; } = [];
}

/// <summary>How many offers a gate turned away.</summary>
/// <param name="Reason">The gate, as answers name it: <c>InsufficientCpus</c>.</param>
/// <param name="Declined">Turned away here.</param>
/// <param name="Processed">Survived the gates before.</param>
public sealed record RejectionCount(string Reason, long Declined, long Processed);

/// <summary>An offer that did not do, and why.</summary>
public sealed record UnusedOffer(Offer Offer, DateTimeOffset At, IReadOnlyList<string> Reasons);

/// <summary>The last failed task of a spec.</summary>
public sealed record TaskFailure(PathId App, string Host, string Message, TaskState State, TaskId Task, DateTimeOffset At, DateTimeOffset Version, AgentId? Agent);

/// <summary>A spec whose instances keep failing.</summary>
/// <param name="Kind"><c>exit</c>, <c>signal</c>, <c>oom</c>, <c>fetch</c>, <c>check</c> or <c>launch</c>.</param>
/// <param name="ExitCode">Of the last.</param>
/// <param name="Signal">Of the last.</param>
/// <param name="Count">Failures in a row.</param>
/// <param name="Since">The first of them.</param>
/// <param name="Message">Of the last.</param>
/// <param name="Backoff">Wait before the next launch.</param>
public sealed record CrashLoop(string Kind, int? ExitCode, int? Signal, int Count, DateTimeOffset Since, string Message, TimeSpan Backoff);

/// <summary>Replacement of unhealthy instances is limited.</summary>
/// <param name="Unhealthy">Instances that wait to be replaced.</param>
/// <param name="Allowed">At a time.</param>
/// <param name="Reason">What was seen.</param>
public sealed record KillBudgetStatus(int Unhealthy, int Allowed, string Reason);

/// <summary>What the autoscaler decided last.</summary>
public sealed record ScalingDecision(DateTimeOffset At, int From, int To, double? Value, string Reason);
