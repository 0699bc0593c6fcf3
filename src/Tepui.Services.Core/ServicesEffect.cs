using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core;

/// <summary>What the services scheduler wants done outside. The shell first makes every <see cref="Persist"/> of a batch durable, in one write, and only then carries out the rest, in order.</summary>
public abstract record ServicesEffect
{
    private ServicesEffect()
    {
    }

    /// <summary>Puts an entry into the store, or removes it. Keys: <see cref="StoreKeys"/>.</summary>
    public sealed record Persist(string Key, IMessage? Entry) : ServicesEffect;

    /// <summary>Answers a request.</summary>
    public sealed record Reply(RequestId Request, CommandOutcome Outcome) : ServicesEffect;

    /// <summary>Tells the subscribers.</summary>
    public sealed record Publish(ServiceEvent Event) : ServicesEffect;

    /// <summary>Uses an offer.</summary>
    /// <param name="Offer">Which.</param>
    /// <param name="Operations">What for, in order.</param>
    /// <param name="Refuse">How long the rest is not wanted.</param>
    public sealed record Accept(OfferId Offer, IReadOnlyList<Offer.Types.Operation> Operations, TimeSpan Refuse) : ServicesEffect;

    /// <summary>Gives offers back.</summary>
    public sealed record Decline(IReadOnlyList<OfferId> Offers, TimeSpan Refuse) : ServicesEffect;

    /// <summary>Wants offers for these roles, and forgets refusals. A role not subscribed yet is added to the framework's.</summary>
    public sealed record Revive(IReadOnlyList<string> Roles) : ServicesEffect;

    /// <summary>Wants no offers for these roles.</summary>
    public sealed record Suppress(IReadOnlyList<string> Roles) : ServicesEffect;

    /// <summary>Ends a task.</summary>
    public sealed record Kill(TaskId Task, AgentId? Agent, TimeSpan? Grace) : ServicesEffect;

    /// <summary>Says that an update was taken in; comes after what it changed was persisted.</summary>
    public sealed record Acknowledge(TaskStatus Status) : ServicesEffect;

    /// <summary>Asks the master about tasks; about all it knows when none is named.</summary>
    public sealed record Reconcile(IReadOnlyList<(TaskId Task, AgentId? Agent)> Tasks) : ServicesEffect;

    /// <summary>Makes the health checks of an instance that the scheduler runs, until <see cref="StopChecks"/>. Comes again with other values when its address changes.</summary>
    public sealed record StartHealthChecks(InstanceId Instance, string Host, IReadOnlyList<HealthProbe> Probes) : ServicesEffect;

    /// <summary>Makes a readiness check until <see cref="StopChecks"/> or until it was ready.</summary>
    public sealed record StartReadinessCheck(InstanceId Instance, TaskId Task, string Host, int Port, ReadinessCheck Check) : ServicesEffect;

    /// <summary>Ends all checks of an instance.</summary>
    public sealed record StopChecks(InstanceId Instance) : ServicesEffect;

    /// <summary>Measures the load of an app once, and tells by <see cref="ServicesInput.Measured"/>: average use in percent of the request, or the number fetched.</summary>
    public sealed record Measure(PathId App, AutoscalingPolicy Policy, IReadOnlyList<(TaskId Task, AgentId Agent)> Tasks) : ServicesEffect;
}

/// <summary>One health check to make.</summary>
/// <param name="Index">In the app's health checks.</param>
/// <param name="Check">What.</param>
/// <param name="Port">Where.</param>
public sealed record HealthProbe(int Index, AppHealthCheck Check, int Port);
