using Tepui.Master.Core.Views;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Maintenance;
using Tepui.Protocol.V1.Master;
using Tepui.Runtime.Json;
using Kind = Tepui.Protocol.V1.Master.Call.Types.Type;

namespace Tepui.Master.Http.Operator;

/// <summary>Calls this master knows and checks but cannot carry out yet. What cannot be right whatever the master can do is told first, as it will be later.</summary>
internal static class NotYet
{
    /// <summary>The answer to <paramref name="call"/>, or <see langword="null"/> when it is not one of these.</summary>
    public static Outcome? Answer(Call call, MasterView view) => call.Type switch
    {
        Kind.ReserveResources => ForAgent(call.ReserveResources.AgentId, view, "Reserving resources", "RESERVE_RESOURCES"),
        Kind.UnreserveResources => ForAgent(call.UnreserveResources.AgentId, view, "Unreserving resources", "UNRESERVE_RESOURCES"),
        Kind.CreateVolumes => ForAgent(call.CreateVolumes.AgentId, view, "Creating volumes", "CREATE_VOLUMES"),
        Kind.DestroyVolumes => ForAgent(call.DestroyVolumes.AgentId, view, "Destroying volumes", "DESTROY_VOLUMES"),
        Kind.GrowVolume => ForAgent(call.GrowVolume.AgentId, view, "Growing volumes", "GROW_VOLUME"),
        Kind.ShrinkVolume => ForAgent(call.ShrinkVolume.AgentId, view, "Shrinking volumes", "SHRINK_VOLUME"),
        Kind.UpdateMaintenanceSchedule => Schedule(call.UpdateMaintenanceSchedule.Schedule, "UPDATE_MAINTENANCE_SCHEDULE"),
        Kind.StartMaintenance => Machines(call.StartMaintenance.Machines),
        Kind.StopMaintenance => Machines(call.StopMaintenance.Machines),
        Kind.DrainAgent => Known(call.DrainAgent.AgentId, view) ? Outcome.NotYet("Draining agents", "DRAIN_AGENT") : Outcome.Bad("Unknown agent"),
        Kind.DeactivateAgent => Known(call.DeactivateAgent.AgentId, view) ? Outcome.NotYet("Deactivating agents", "DEACTIVATE_AGENT") : Outcome.Bad("Unknown agent"),
        Kind.ReactivateAgent => Outcome.Bad("Agent is not deactivated"),
        Kind.UpdateQuota => QuotaRules.Problem(call.UpdateQuota.QuotaConfigs) is { } problem
            ? Outcome.Bad(problem)
            : Outcome.NotYet("Changing quota", "UPDATE_QUOTA"),
#pragma warning disable CS0612 // Deprecated calls are still answered.
        Kind.SetQuota => SetQuota(call.SetQuota.QuotaRequest),
        Kind.RemoveQuota => RemoveQuota(call.RemoveQuota.Role),
#pragma warning restore CS0612
        _ => null,
    };

    /// <summary>An operation on resources of an agent.</summary>
    public static Outcome ForAgent(AgentID agent, MasterView view, string what, string call) =>
        Known(agent, view) ? Outcome.NotYet(what, call) : Outcome.Bad("No agent found with specified ID");

    /// <summary>A new maintenance schedule; clearing the one that is empty anyway succeeds.</summary>
    public static Outcome Schedule(Schedule schedule, string call)
    {
        foreach (var window in schedule.Windows)
        {
            if (window.MachineIds.Select(MachineRules.Problem).FirstOrDefault(problem => problem is not null) is { } problem)
            {
                return Outcome.Bad(problem);
            }

            if (window.Unavailability.Duration is { Nanoseconds: < 0 })
            {
                return Outcome.Bad("Unavailability 'duration' is negative");
            }
        }

        return schedule.Windows.Count == 0 ? new Outcome(200, "") : Outcome.NotYet("Scheduling maintenance", call);
    }

    /// <summary>Machines going down or up: none is scheduled while schedules cannot be set.</summary>
    public static Outcome Machines(IEnumerable<MachineID> machines)
    {
        foreach (var machine in machines)
        {
            if (MachineRules.Problem(machine) is { } problem)
            {
                return Outcome.Bad(problem);
            }

            return Outcome.Bad($"Machine '{MessageText.Of(machine)}' is not part of a maintenance schedule");
        }

        return new Outcome(200, "");
    }

    /// <summary>A quota in the older form.</summary>
    public static Outcome SetQuota(Protocol.V1.Quota.QuotaRequest request) =>
        QuotaRules.Problem(request) is { } problem ? Outcome.Bad(problem) : Outcome.NotYet("Changing quota", "SET_QUOTA");

    /// <summary>No role has a quota while quotas cannot be set.</summary>
    public static Outcome RemoveQuota(string role) => Outcome.Bad($"Failed to remove quota: Role '{role}' has no quota set");

    private static bool Known(AgentID agent, MasterView view) => view.Agents.Any(known => known.Info.Id.Value == agent.Value);
}
