using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>A launch described: for the master, and for the table of instances.</summary>
/// <param name="Operation">What the master shall do.</param>
/// <param name="Tasks">The tasks, staging.</param>
internal sealed record LaunchResult(Offer.Types.Operation Operation, IReadOnlyList<InstanceTask> Tasks);
