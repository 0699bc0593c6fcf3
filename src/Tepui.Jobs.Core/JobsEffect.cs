using Google.Protobuf;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Notices;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core;

/// <summary>What the jobs scheduler wants done outside. The shell first makes every <see cref="Persist"/> of a batch durable, in one write, and only then carries out the rest, in order.</summary>
public abstract record JobsEffect
{
    private JobsEffect()
    {
    }

    /// <summary>Puts an entry into the store, or removes it. Keys: <see cref="StoreKeys"/>.</summary>
    public sealed record Persist(string Key, IMessage? Entry) : JobsEffect;

    /// <summary>Answers a request.</summary>
    public sealed record Reply(RequestId Request, CommandOutcome Outcome) : JobsEffect;

    /// <summary>Tells the subscribers.</summary>
    public sealed record Publish(JobEvent Event) : JobsEffect;

    /// <summary>Uses an offer.</summary>
    /// <param name="Offer">Which.</param>
    /// <param name="Operations">What for, in order.</param>
    /// <param name="Refuse">How long the rest is not wanted.</param>
    public sealed record Accept(OfferId Offer, IReadOnlyList<Offer.Types.Operation> Operations, TimeSpan Refuse) : JobsEffect;

    /// <summary>Gives offers back.</summary>
    public sealed record Decline(IReadOnlyList<OfferId> Offers, TimeSpan Refuse) : JobsEffect;

    /// <summary>Wants offers for these roles, and forgets refusals.</summary>
    public sealed record Revive(IReadOnlyList<string> Roles) : JobsEffect;

    /// <summary>Wants no offers for these roles.</summary>
    public sealed record Suppress(IReadOnlyList<string> Roles) : JobsEffect;

    /// <summary>Ends a task.</summary>
    public sealed record Kill(TaskId Task, AgentId? Agent, TimeSpan? Grace) : JobsEffect;

    /// <summary>Says that an update was taken in; comes after what it changed was persisted.</summary>
    public sealed record Acknowledge(TaskStatus Status) : JobsEffect;

    /// <summary>Asks the master about tasks; about all it knows when none is named.</summary>
    public sealed record Reconcile(IReadOnlyList<(TaskId Task, AgentId? Agent)> Tasks) : JobsEffect;

    /// <summary>Tells people; answered by <see cref="JobsInput.Notified"/>.</summary>
    public sealed record Notify(Notice Notice) : JobsEffect;
}
