using Tepui.Protocol.V1.Master;
using Kind = Tepui.Protocol.V1.Master.Call.Types.Type;

namespace Tepui.Master.Http.Operator;

/// <summary>The shape an operator's call must have.</summary>
internal static class OperatorRules
{
    /// <summary>What is wrong with <paramref name="call"/>, as clients are told, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(Call call)
    {
        if (!call.HasType || !Enum.IsDefined(call.Type))
        {
            return "Expecting 'type' to be present";
        }

        return Member(call) is { } member ? $"Expecting '{member}' to be present" : null;
    }

    /// <summary>The name of the member a call's type asks for and that is not there.</summary>
    private static string? Member(Call call) => call.Type switch
    {
        Kind.GetMetrics => call.GetMetrics is null ? "get_metrics" : null,
        Kind.SetLoggingLevel => call.SetLoggingLevel is null ? "set_logging_level" : null,
        Kind.ListFiles => call.ListFiles is null ? "list_files" : null,
        Kind.ReadFile => call.ReadFile is null ? "read_file" : null,
        Kind.UpdateWeights => call.UpdateWeights is null ? "update_weights" : null,
        Kind.ReserveResources => call.ReserveResources is null ? "reserve_resources" : null,
        Kind.UnreserveResources => call.UnreserveResources is null ? "unreserve_resources" : null,
        Kind.CreateVolumes => call.CreateVolumes is null ? "create_volumes" : null,
        Kind.DestroyVolumes => call.DestroyVolumes is null ? "destroy_volumes" : null,
        Kind.GrowVolume => call.GrowVolume is null ? "grow_volume" : call.GrowVolume.AgentId is null ? "grow_volume.agent_id" : null,
        Kind.ShrinkVolume => call.ShrinkVolume is null ? "shrink_volume" : call.ShrinkVolume.AgentId is null ? "shrink_volume.agent_id" : null,
        Kind.UpdateMaintenanceSchedule => call.UpdateMaintenanceSchedule is null ? "update_maintenance_schedule" : null,
        Kind.StartMaintenance => call.StartMaintenance is null ? "start_maintenance" : null,
        Kind.StopMaintenance => call.StopMaintenance is null ? "stop_maintenance" : null,
        Kind.DrainAgent => call.DrainAgent is null ? "drain_agent" : null,
        Kind.DeactivateAgent => call.DeactivateAgent is null ? "deactivate_agent" : null,
        Kind.ReactivateAgent => call.ReactivateAgent is null ? "reactivate_agent" : null,
        Kind.UpdateQuota => call.UpdateQuota is null ? "update_quota" : null,
        Kind.Teardown => call.Teardown is null ? "teardown" : null,
        Kind.MarkAgentGone => call.MarkAgentGone is null ? "mark_agent_gone" : null,
#pragma warning disable CS0612 // Deprecated calls are still checked.
        Kind.SetQuota => call.SetQuota is null ? "set_quota" : null,
        Kind.RemoveQuota => call.RemoveQuota is null ? "remove_quota" : null,
#pragma warning restore CS0612
        _ => null,
    };
}
