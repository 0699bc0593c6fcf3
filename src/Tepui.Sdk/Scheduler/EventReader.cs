using Tepui.Model.Identifiers;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Tasks;

namespace Tepui.Sdk.Scheduler;

/// <summary>Turns what the master sends into what a framework hears.</summary>
internal static class EventReader
{
    /// <summary>The event, or <see langword="null"/> for one without news (a heartbeat, or a kind this version does not know).</summary>
    /// <param name="wire">From the stream.</param>
    /// <param name="tasks">Takes updates in, if anybody does.</param>
    /// <param name="now">Time of the reading.</param>
    /// <param name="again">What a SUBSCRIBED says about earlier subscriptions.</param>
    /// <exception cref="FrameworkErrorException">The master sent ERROR.</exception>
    public static SchedulerEvent? Read(Event wire, TaskTracker? tasks, DateTimeOffset now, bool again) => wire.Type switch
    {
        Event.Types.Type.Subscribed => new SchedulerEvent.Subscribed(FrameworkId.From(wire.Subscribed.FrameworkId), wire.Subscribed.MasterInfo, again),
        Event.Types.Type.Offers => new SchedulerEvent.Offered(wire.Offers.Offers_),
        Event.Types.Type.Rescind => new SchedulerEvent.Rescinded(OfferId.From(wire.Rescind.OfferId)),
        Event.Types.Type.InverseOffers => new SchedulerEvent.InverseOffered(wire.InverseOffers.InverseOffers_),
        Event.Types.Type.RescindInverseOffer => new SchedulerEvent.InverseRescinded(OfferId.From(wire.RescindInverseOffer.InverseOfferId)),
        Event.Types.Type.Update => new SchedulerEvent.Updated(TaskId.From(wire.Update.Status.TaskId), wire.Update.Status, tasks?.Apply(wire.Update.Status, now)),
        Event.Types.Type.UpdateOperationStatus => new SchedulerEvent.OperationUpdated(wire.UpdateOperationStatus.Status),
        Event.Types.Type.Message => new SchedulerEvent.MessageReceived(AgentId.From(wire.Message.AgentId), ExecutorId.From(wire.Message.ExecutorId), wire.Message.Data),
        Event.Types.Type.Failure => Failure(wire.Failure),
        Event.Types.Type.Error => throw new FrameworkErrorException(wire.Error.Message),
        _ => null,
    };

    private static SchedulerEvent Failure(Event.Types.Failure failure) => failure.ExecutorId is null
        ? new SchedulerEvent.AgentLost(AgentId.From(failure.AgentId))
        : new SchedulerEvent.ExecutorEnded(AgentId.From(failure.AgentId), ExecutorId.From(failure.ExecutorId), failure.HasStatus ? failure.Status : null);
}
