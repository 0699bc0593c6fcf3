using System.Diagnostics;
using System.Text.Json;
using Tepui.Frameworks.Events;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Events;

/// <summary>What subscribers read about health checks.</summary>
internal static class HealthEvents
{
    /// <summary>Writes an event.</summary>
    public static EventText Write(ServiceEvent happened, DateTimeOffset at) => happened switch
    {
        ServiceEvent.HealthCheckAdded added => EventTexts.Write("add_health_check_event", at, json => Added(json, added)),
        ServiceEvent.HealthCheckRemoved removed => EventTexts.Write("remove_health_check_event", at, json => json.WriteString("appId"u8, removed.App.Value)),
        ServiceEvent.HealthCheckFailed failed => EventTexts.Write("failed_health_check_event", at, json => Failed(json, failed)),
        ServiceEvent.HealthStatusChanged changed => EventTexts.Write("health_status_changed_event", at, json => Changed(json, changed)),
        ServiceEvent.UnhealthyInstanceKilled killed => EventTexts.Write("unhealthy_instance_kill_event", at, json => Killed(json, killed)),
        _ => throw new UnreachableException($"No writer for {happened.GetType().Name}"),
    };

    private static void Added(Utf8JsonWriter json, ServiceEvent.HealthCheckAdded added)
    {
        json.WriteString("appId"u8, added.App.Value);
        json.WriteTime("version"u8, added.Version);
        WriteCheck(json, added.Check);
    }

    private static void Failed(Utf8JsonWriter json, ServiceEvent.HealthCheckFailed failed)
    {
        json.WriteString("appId"u8, failed.App.Value);
        json.WriteString("taskId"u8, failed.Instance.Value);
        WriteCheck(json, failed.Check);
    }

    private static void Changed(Utf8JsonWriter json, ServiceEvent.HealthStatusChanged changed)
    {
        json.WriteString("appId"u8, changed.App.Value);
        json.WriteString("instanceId"u8, changed.Instance.Value);
        json.WriteTime("version"u8, changed.Version);
        json.WriteBoolean("alive"u8, changed.Alive);
    }

    private static void Killed(Utf8JsonWriter json, ServiceEvent.UnhealthyInstanceKilled killed)
    {
        json.WriteString("appId"u8, killed.App.Value);
        json.WriteString("taskId"u8, killed.Task.Value);
        json.WriteString("instanceId"u8, killed.Instance.Value);
        json.WriteTime("version"u8, killed.Version);
        json.WriteString("reason"u8, killed.Reason);
        json.WriteString("host"u8, killed.Host);
        json.WriteIfSet("slaveId"u8, killed.Agent?.Value);
    }

    private static void WriteCheck(Utf8JsonWriter json, AppHealthCheck check)
    {
        json.WriteStartObject("healthCheck"u8);
        json.WriteNumber("gracePeriodSeconds"u8, (int)check.Timing.GracePeriod.TotalSeconds);
        json.WriteNumber("intervalSeconds"u8, (int)check.Timing.Interval.TotalSeconds);
        json.WriteNumber("maxConsecutiveFailures"u8, check.Timing.MaxConsecutiveFailures);
        json.WriteIfSet("portIndex"u8, check.PortIndex);
        json.WriteIfSet("port"u8, check.Port);
        json.WriteNumber("timeoutSeconds"u8, (int)check.Timing.Timeout.TotalSeconds);
        json.WriteNumber("delaySeconds"u8, (int)check.Timing.Delay.TotalSeconds);
        json.WriteString("protocol"u8, ProtocolText(check.Protocol));
        json.WriteString("ipProtocol"u8, check.IsIpv6 ? "IPv6" : "IPv4");
        json.WriteIfSet("path"u8, check.Path);
        if (check.Command is { } command)
        {
            json.WriteStartObject("command"u8);
            json.WriteString("value"u8, command);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string ProtocolText(HealthProtocol protocol) => protocol switch
    {
        HealthProtocol.Http => "HTTP",
        HealthProtocol.Https => "HTTPS",
        HealthProtocol.Tcp => "TCP",
        HealthProtocol.Command => "COMMAND",
        HealthProtocol.MesosHttp => "MESOS_HTTP",
        HealthProtocol.MesosHttps => "MESOS_HTTPS",
        _ => "MESOS_TCP",
    };
}
