using Tepui.Frameworks.Scheduling;
using Tepui.Jobs.Core;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Scheduling;

/// <summary>What the master says, as the core takes it. Jobs use no operations and no executors that send messages.</summary>
internal sealed class MasterNews : IMasterNews<JobsInput>
{
    /// <inheritdoc/>
    public JobsInput Subscribed(FrameworkId framework, string master, bool again) => new JobsInput.Subscribed(framework, master, again);

    /// <inheritdoc/>
    public JobsInput Disconnected() => new JobsInput.Disconnected();

    /// <inheritdoc/>
    public JobsInput Offered(IReadOnlyList<Offer> offers) => new JobsInput.Offered(offers);

    /// <inheritdoc/>
    public JobsInput Rescinded(OfferId offer) => new JobsInput.Rescinded(offer);

    /// <inheritdoc/>
    public JobsInput Updated(TaskStatus status) => new JobsInput.Updated(status);

    /// <inheritdoc/>
    public JobsInput LaunchesFailed(IReadOnlyList<TaskId> tasks, string reason) => new JobsInput.AcceptFailed(tasks, reason);
}
