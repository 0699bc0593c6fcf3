using System.Text.Json;
using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary><c>/v2/info</c>: who the scheduler is and how it runs. Flags without a value are left out.</summary>
internal static class InfoJson
{
    /// <summary>The version whose API is spoken; clients compare it with what they need.</summary>
    private const string ApiVersion = "1.11.24";

    private static readonly string[] Config =
    [
        "access_control_allow_origin", "checkpoint", "decline_offer_duration", "default_network_name", "env_vars_prefix", "executor", "failover_timeout", "framework_name", "ha", "hostname",
        "launch_token_refresh_interval", "leader_proxy_connection_timeout", "leader_proxy_read_timeout", "local_port_min", "local_port_max", "master", "max_instances_per_offer", "mesos_bridge_name",
        "mesos_heartbeat_failure_threshold", "mesos_heartbeat_interval", "mesos_leader_ui_url", "mesos_role", "mesos_user", "min_revive_offers_interval", "offer_matching_timeout",
        "on_elected_prepare_timeout", "reconciliation_initial_delay", "reconciliation_interval", "scale_apps_initial_delay", "scale_apps_interval", "store_cache", "task_launch_confirm_timeout",
        "task_launch_timeout", "task_lost_expunge_initial_delay", "task_lost_expunge_interval", "task_reservation_timeout", "webui_url", "new_group_enforce_role", "maintenance_mode",
    ];

    private static readonly string[] ZooKeeper =
        ["zk", "zk_compression", "zk_compression_threshold", "zk_connection_timeout", "zk_max_node_size", "zk_max_versions", "zk_session_timeout", "zk_timeout"];

    /// <summary>Writes it as a value.</summary>
    public static void Write(Utf8JsonWriter json, ServicesView view, ServicesSettings settings, FrameworkIdentity identity)
    {
        var flags = settings.Flags ?? FlagParser.Parse(FlagTable.Services, [$"--work_dir={settings.WorkDirectory}", $"--master={string.Join(',', settings.Masters)}"], _ => null);
        json.WriteStartObject();
        json.WriteString("name"u8, settings.FrameworkName);
        json.WriteString("version"u8, ApiVersion);
        json.WriteString("buildref"u8, "tepui-" + BuildInfo.Version);
        json.WriteBoolean("elected"u8, true);
        json.WriteString("leader"u8, identity.Leader);
        if (view.Framework.IsSet)
        {
            json.WriteString("frameworkId"u8, view.Framework.Value);
        }

        WriteConfig(json, settings, flags, identity);
        json.WriteStartObject("zookeeper_config"u8);
        WriteFlags(json, flags, ZooKeeper);
        json.WriteEndObject();
        json.WriteStartObject("http_config"u8);
        json.WriteNumber("http_port"u8, identity.Port);
        json.WriteNumber("https_port"u8, flags.Integer("https_port"));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter json, ServicesSettings settings, FlagValues flags, FrameworkIdentity identity)
    {
        json.WriteStartObject("marathon_config"u8);
        json.WriteTexts("features"u8, settings.Core.Features.Order(StringComparer.Ordinal));
        WriteFlags(json, flags, Config.Where(name => name != "hostname"));
        json.WriteString("hostname"u8, identity.Hostname);
        json.WriteNumber("launch_token"u8, flags.Integer("launch_tokens"));
        json.WriteEndObject();
    }

    private static void WriteFlags(Utf8JsonWriter json, FlagValues flags, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (flags.Text(name) is not { } text)
            {
                continue;
            }

            var key = name is "leader_proxy_connection_timeout" or "leader_proxy_read_timeout" ? name + "_ms" : name;
            switch (flags.Table.Find(name)!.Type)
            {
                case FlagType.Boolean: json.WriteBoolean(key, text == "true"); break;
                case FlagType.Integer or FlagType.Number: json.WriteNumber(key, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)); break;
                default: json.WriteString(key, text); break;
            }
        }
    }
}
