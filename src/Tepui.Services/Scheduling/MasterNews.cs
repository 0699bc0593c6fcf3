using Tepui.Frameworks.Scheduling;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core;

namespace Tepui.Services.Scheduling;

/// <summary>What the master says, as the core takes it.</summary>
internal sealed class MasterNews : IMasterNews<ServicesInput>
{
    /// <inheritdoc/>
    public ServicesInput Subscribed(FrameworkId framework, string master, bool again) => new ServicesInput.Subscribed(framework, master, again);

    /// <inheritdoc/>
    public ServicesInput Disconnected() => new ServicesInput.Disconnected();

    /// <inheritdoc/>
    public ServicesInput Offered(IReadOnlyList<Offer> offers) => new ServicesInput.Offered(offers);

    /// <inheritdoc/>
    public ServicesInput Rescinded(OfferId offer) => new ServicesInput.Rescinded(offer);

    /// <inheritdoc/>
    public ServicesInput Updated(TaskStatus status) => new ServicesInput.Updated(status);

    /// <inheritdoc/>
    public ServicesInput LaunchesFailed(IReadOnlyList<TaskId> tasks, string reason) => new ServicesInput.AcceptFailed(tasks, reason);

    /// <inheritdoc/>
    public ServicesInput OperationUpdated(OperationStatus status) => new ServicesInput.OperationUpdated(status);

    /// <inheritdoc/>
    public ServicesInput Message(AgentId agent, ExecutorId executor, byte[] data) => new ServicesInput.Message(agent, executor, data);
}
