using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Sdk.Tasks;

/// <summary>What is known of one task that is not over.</summary>
/// <param name="Id">Which.</param>
/// <param name="Agent">Where it is; unset when unknown.</param>
/// <param name="State">Last state heard, or staging when none was.</param>
/// <param name="Heard">When something was last heard of it; for one never heard of, when it was launched.</param>
/// <param name="Status">Last status, if any came.</param>
public sealed record TrackedTask(TaskId Id, AgentId Agent, TaskState State, DateTimeOffset Heard, TaskStatus? Status);
