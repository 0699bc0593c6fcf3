namespace Tepui.Runtime.Flags;

/// <summary>Flags of the agent about the port mapping network isolator.</summary>
internal static class PortMappingFlags
{
    public static IReadOnlyList<Flag> All { get; } =
    [
        new("ephemeral_ports_per_container", FlagType.Integer, "1024", "Ephemeral ports per container, power of 2 (port_mapping).") { Status = FlagStatus.NotYet, Least = 0 },
        new("eth0_name", FlagType.Text, null, "Public NIC (port_mapping).") { Status = FlagStatus.NotYet },
        new("lo_name", FlagType.Text, null, "Loopback NIC (port_mapping).") { Status = FlagStatus.NotYet },
        new("egress_rate_limit_per_container", FlagType.Text, null, "Egress bytes/s cap (port_mapping).") { Status = FlagStatus.NotYet },
        new("egress_rate_per_cpu", FlagType.Text, null, "Egress bytes/s per whole CPU or auto (port_mapping).") { Status = FlagStatus.NotYet },
        new("minimum_egress_rate_limit", FlagType.Text, null, "Lower bound of scaled egress rate (port_mapping).") { Status = FlagStatus.NotYet },
        new("maximum_egress_rate_limit", FlagType.Text, null, "Upper bound of scaled egress rate (port_mapping).") { Status = FlagStatus.NotYet },
        new("egress_ceil_limit", FlagType.Text, null, "Egress burst ceiling rate (port_mapping).") { Status = FlagStatus.NotYet },
        new("egress_burst", FlagType.Text, null, "Egress burst bytes (port_mapping).") { Status = FlagStatus.NotYet },
        new("egress_unique_flow_per_container", FlagType.Boolean, "false", "Separate egress flow per container (port_mapping).") { Status = FlagStatus.NotYet },
        new("egress_flow_classifier_parent", FlagType.Text, "root", "Qdisc parent of flow classifier (port_mapping).") { Status = FlagStatus.NotYet },
        new("ingress_rate_limit_per_container", FlagType.Text, null, "Ingress bytes/s cap (port_mapping).") { Status = FlagStatus.NotYet },
        new("ingress_rate_per_cpu", FlagType.Text, null, "Ingress bytes/s per whole CPU or auto (port_mapping).") { Status = FlagStatus.NotYet },
        new("minimum_ingress_rate_limit", FlagType.Text, null, "Lower bound of scaled ingress rate (port_mapping).") { Status = FlagStatus.NotYet },
        new("maximum_ingress_rate_limit", FlagType.Text, null, "Upper bound of scaled ingress rate (port_mapping).") { Status = FlagStatus.NotYet },
        new("ingress_ceil_limit", FlagType.Text, null, "Ingress burst ceiling rate (port_mapping).") { Status = FlagStatus.NotYet },
        new("ingress_burst", FlagType.Text, null, "Ingress burst bytes (port_mapping).") { Status = FlagStatus.NotYet },
        new("ingress_isolate_existing_containers", FlagType.Boolean, "true", "Apply ingress limits to running containers (port_mapping).") { Status = FlagStatus.NotYet },
        new("network_link_speed", FlagType.Text, null, "Link speed override for auto rates (port_mapping).") { Status = FlagStatus.NotYet },
        new("network_enable_socket_statistics_summary", FlagType.Boolean, "false", "Socket summary stats (port_mapping).") { Status = FlagStatus.NotYet },
        new("network_enable_socket_statistics_details", FlagType.Boolean, "false", "Socket detail stats (port_mapping).") { Status = FlagStatus.NotYet },
        new("network_enable_snmp_statistics", FlagType.Boolean, "false", "SNMP stats (port_mapping).") { Status = FlagStatus.NotYet },
        new("network_enable_rate_statistics", FlagType.Boolean, "false", "Rate stats (port_mapping).") { Status = FlagStatus.NotYet },
        new("network_rate_statistics_window", FlagType.Text, null, "Rate stats window (port_mapping).") { Status = FlagStatus.NotYet },
        new("network_rate_statistics_interval", FlagType.Text, null, "Rate stats sampling period (port_mapping).") { Status = FlagStatus.NotYet },
    ];
}
