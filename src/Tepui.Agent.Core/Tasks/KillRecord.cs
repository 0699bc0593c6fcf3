using Tepui.Protocol.Checkpoints;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Tasks;

/// <summary>Why a task is being killed, and what was asked for.</summary>
/// <param name="Cause">The first reason; later ones do not change it.</param>
/// <param name="Started">When the first grace began.</param>
/// <param name="Policy">As the framework asked for it last.</param>
internal sealed record KillRecord(KillEntry.Types.Cause Cause, DateTimeOffset Started, KillPolicy? Policy)
{
    /// <summary>When the grace ends, as it was settled before a restart of the agent.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
