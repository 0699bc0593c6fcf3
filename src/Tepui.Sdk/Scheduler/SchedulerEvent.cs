using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Http;

namespace Tepui.Sdk.Scheduler;

/// <summary>Everything a framework can hear. Cases are nested, so the list below is the whole list.</summary>
public abstract record SchedulerEvent
{
    private SchedulerEvent()
    {
    }

    /// <summary>The master took the subscription. Offers from before are void.</summary>
    /// <param name="Framework">Our id; keep it to come back after a restart.</param>
    /// <param name="Master">The leading master, if it says.</param>
    /// <param name="Again">Not the first subscription of this client.</param>
    public sealed record Subscribed(FrameworkId Framework, MasterInfo? Master, bool Again) : SchedulerEvent;

    /// <summary>The subscription is lost; the client subscribes again by itself. Offers are void, calls fail until <see cref="Subscribed"/>.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Disconnected(string Reason) : SchedulerEvent;

    /// <summary>Resources to use or decline.</summary>
    public sealed record Offered(IReadOnlyList<Offer> Offers) : SchedulerEvent;

    /// <summary>An offer is void.</summary>
    public sealed record Rescinded(OfferId Offer) : SchedulerEvent;

    /// <summary>The master asks to leave resources of an agent, for maintenance.</summary>
    public sealed record InverseOffered(IReadOnlyList<InverseOffer> Offers) : SchedulerEvent;

    /// <summary>An inverse offer is void.</summary>
    public sealed record InverseRescinded(OfferId Offer) : SchedulerEvent;

    /// <summary>A task changed, or its state was asked for.</summary>
    /// <param name="Task">Which.</param>
    /// <param name="Status">All that is known.</param>
    /// <param name="Before">State we knew before, or <see langword="null"/> for a task we did not know. Updates come at least once: the same state may come again.</param>
    public sealed record Updated(TaskId Task, TaskStatus Status, TaskState? Before) : SchedulerEvent;

    /// <summary>An operation on resources ended.</summary>
    public sealed record OperationUpdated(OperationStatus Status) : SchedulerEvent;

    /// <summary>An executor of ours sent something.</summary>
    public sealed record MessageReceived(AgentId Agent, ExecutorId Executor, ByteString Data) : SchedulerEvent;

    /// <summary>An executor of ours ended.</summary>
    /// <param name="Agent">Where it was.</param>
    /// <param name="Executor">Which.</param>
    /// <param name="Status">Raw wait status, if known.</param>
    public sealed record ExecutorEnded(AgentId Agent, ExecutorId Executor, int? Status) : SchedulerEvent;

    /// <summary>An agent is gone. Its tasks get updates of their own.</summary>
    public sealed record AgentLost(AgentId Agent) : SchedulerEvent;

    /// <summary>A call sent without waiting for its answer was refused or not answered.</summary>
    public sealed record CallFailed(Call Call, CallAnswer Answer) : SchedulerEvent;
}
