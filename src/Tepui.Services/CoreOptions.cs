using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Flags;
using Tepui.Services.Core;

namespace Tepui.Services;

/// <summary>What the core is told, from flags.</summary>
internal static class CoreOptions
{
    private static readonly string[] Features = ["vips", "task_killing", "external_volumes", "secrets", "gpu_resources"];

    /// <summary>Reads the options; adds what contradicts to <paramref name="problems"/>.</summary>
    public static ServicesOptions From(FlagValues flags, List<string> problems)
    {
        var features = flags.List("enable_features").ToHashSet(StringComparer.Ordinal);
        foreach (var unknown in features.Except(Features, StringComparer.Ordinal))
        {
            problems.Add($"--enable_features has '{unknown}'; known are {string.Join(", ", Features)}.");
        }

        if (flags.Integer("local_port_min") > flags.Integer("local_port_max"))
        {
            problems.Add($"--local_port_min is {flags.Integer("local_port_min")}, above --local_port_max {flags.Integer("local_port_max")}.");
        }

        return new ServicesOptions
        {
            MesosRole = FrameworkFlags.Role(flags, problems),
            MesosUser = flags.Text("mesos_user"),
            NewGroupEnforceRole = flags.Required("new_group_enforce_role") == "top",
            AcceptedRoles = flags.Required("accepted_resource_roles_default_behavior") switch
            {
                "unreserved" => AcceptedRolesDefault.Unreserved,
                "reserved" => AcceptedRolesDefault.Reserved,
                _ => AcceptedRolesDefault.Any,
            },
            LocalPortMin = flags.Integer("local_port_min"),
            LocalPortMax = flags.Integer("local_port_max"),
            EnvVarsPrefix = flags.Text("env_vars_prefix") ?? "",
            DefaultNetworkName = flags.Text("default_network_name"),
            MesosBridgeName = flags.Required("mesos_bridge_name"),
            Features = features,
            RestrictGpuAgents = flags.Required("gpu_scheduling_behavior") == "restricted",
            MaintenanceMode = flags.Boolean("maintenance_mode"),
            Draining = TimeSpan.FromSeconds(flags.Integer("draining_seconds")),
            MaxRunningDeployments = flags.Integer("max_running_deployments"),
            DeclineOfferDuration = ServicesSettings.Milliseconds(flags, "decline_offer_duration"),
            MinReviveOffersInterval = flags.IsGiven("min_revive_offers_interval") ? ServicesSettings.Milliseconds(flags, "min_revive_offers_interval") : new ServicesOptions().MinReviveOffersInterval,
            MaxInstancesPerOffer = flags.Integer("max_instances_per_offer"),
            TaskLaunchConfirmTimeout = ServicesSettings.Milliseconds(flags, "task_launch_confirm_timeout"),
            TaskLaunchTimeout = ServicesSettings.Milliseconds(flags, "task_launch_timeout"),
            TaskReservationTimeout = ServicesSettings.Milliseconds(flags, "task_reservation_timeout"),
            KillChunkSize = flags.Integer("kill_chunk_size"),
            KillRetryTimeout = ServicesSettings.Milliseconds(flags, "kill_retry_timeout"),
            ReconciliationInterval = ServicesSettings.Milliseconds(flags, "reconciliation_interval"),
            MaxVersions = flags.Integer("zk_max_versions"),
        };
    }
}
