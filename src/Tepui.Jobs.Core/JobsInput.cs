using Tepui.Jobs.Core.Commands;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core;

/// <summary>Names one request that waits for an answer; chosen by the shell.</summary>
public readonly record struct RequestId(long Value);

/// <summary>Everything that can happen to the jobs scheduler. Cases are nested, so the list below is the whole list.</summary>
public abstract record JobsInput
{
    private JobsInput()
    {
    }

    /// <summary>A client wants something changed; answered by exactly one <see cref="JobsEffect.Reply"/>.</summary>
    public sealed record Request(RequestId Id, JobsCommand Command) : JobsInput;

    /// <summary>The master took the subscription. Offers from before are void.</summary>
    public sealed record Subscribed(FrameworkId Framework, string Master, bool Again) : JobsInput;

    /// <summary>The subscription is lost, and with it all offers.</summary>
    public sealed record Disconnected : JobsInput;

    /// <summary>Resources to use, hold or decline.</summary>
    public sealed record Offered(IReadOnlyList<Offer> Offers) : JobsInput;

    /// <summary>An offer is void.</summary>
    public sealed record Rescinded(OfferId Offer) : JobsInput;

    /// <summary>A task changed, or its state was asked for.</summary>
    public sealed record Updated(TaskStatus Status) : JobsInput;

    /// <summary>An accept was refused or not answered: none of its tasks may be taken for launched. Reconciliation settles it.</summary>
    public sealed record AcceptFailed(IReadOnlyList<TaskId> Tasks, string Reason) : JobsInput;

    /// <summary>A notice was told, or not.</summary>
    /// <param name="Notice">Its sequence.</param>
    /// <param name="Told">Channels that have it now.</param>
    /// <param name="Problem">What kept others from it; <see langword="null"/>: all have it.</param>
    public sealed record Notified(long Notice, IReadOnlyList<string> Told, string? Problem) : JobsInput;

    /// <summary>Time passed: what is due is handled.</summary>
    public sealed record Tick : JobsInput;
}
