using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Frameworks.Scheduling;

/// <summary>Makes the inputs of a core of what the master says. What a core does not need is <see langword="null"/>.</summary>
/// <typeparam name="TInput">Inputs of the core.</typeparam>
public interface IMasterNews<out TInput>
    where TInput : class
{
    /// <summary>A master has the subscription.</summary>
    /// <param name="framework">The id it gave, or kept.</param>
    /// <param name="master">Its address.</param>
    /// <param name="again">Whether there was a subscription in this life before.</param>
    public TInput Subscribed(FrameworkId framework, string master, bool again);

    /// <summary>The subscription was lost; offers are void.</summary>
    public TInput Disconnected();

    /// <summary>Offers came.</summary>
    public TInput Offered(IReadOnlyList<Offer> offers);

    /// <summary>An offer is void.</summary>
    public TInput Rescinded(OfferId offer);

    /// <summary>A task changed, or was asked about.</summary>
    public TInput Updated(TaskStatus status);

    /// <summary>Launches in a call that the master did not take: they never happened.</summary>
    public TInput LaunchesFailed(IReadOnlyList<TaskId> tasks, string reason);

    /// <summary>An operation on resources ended. It is acknowledged already.</summary>
    public TInput? OperationUpdated(OperationStatus status) => null;

    /// <summary>An executor sent a message.</summary>
    public TInput? Message(AgentId agent, ExecutorId executor, byte[] data) => null;
}
