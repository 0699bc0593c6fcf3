using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What health checks, readiness checks and the check of an app may be.</summary>
internal static class AppCheckRules
{
    public static void Check(AppSpec app, Problems problems)
    {
        var ports = PortCount(app);
        for (var index = 0; index < app.HealthChecks.Count; index++)
        {
            Health(app.HealthChecks[index], ports, app.Container?.IsDocker ?? false, $"/healthChecks({index})", problems);
        }

        var run = app.HealthChecks.Count(check => check.Protocol is HealthProtocol.MesosHttp or HealthProtocol.MesosHttps or HealthProtocol.MesosTcp);
        problems.Require(run <= 1, "/", $"{run} health checks are MESOS_HTTP, MESOS_HTTPS or MESOS_TCP; at most 1 is possible");
        Readiness(app, problems);
        Task(app, ports, problems);
    }

    private static int PortCount(AppSpec app) => app.IsHostNetworked ? app.PortDefinitions.Count : app.Container?.PortMappings?.Count ?? 0;

    private static void Health(AppHealthCheck check, int ports, bool isDocker, string path, Problems problems)
    {
        if (check.Protocol is HealthProtocol.Command)
        {
            problems.Require(check.Command is not null, path, "COMMAND needs command.value");
            problems.Require(check.Path is null && check.Port is null && check.PortIndex is null, path, "COMMAND has no path, port or portIndex");
        }
        else
        {
            problems.Require(check.Command is null, path, $"{Words.Of(check.Protocol)} has no command; use the protocol COMMAND");
            problems.Require(check.Port is not null || check.PortIndex is not { } index || index < ports, path, $"portIndex {check.PortIndex} does not exist: the app has {ports} ports");
            problems.Require(check.Port is not null || check.PortIndex is not null || ports == 1, path, $"needs port or portIndex: the app has {ports} ports");
        }

        var hasIpv6 = isDocker && check.Protocol is HealthProtocol.MesosHttp or HealthProtocol.MesosHttps or HealthProtocol.MesosTcp;
        problems.Require(!check.IsIpv6 || (isDocker && hasIpv6), path, "IPv6 is possible with the engine DOCKER and MESOS_HTTP, MESOS_HTTPS or MESOS_TCP only");
    }

    private static void Readiness(AppSpec app, Problems problems)
    {
        problems.Require(app.ReadinessChecks.Count <= 1, "/readinessChecks", $"there are {app.ReadinessChecks.Count}; at most 1 is possible");
        var names = app.IsHostNetworked
            ? app.PortDefinitions.Select(port => port.Name).ToArray()
            : [.. app.Container?.PortMappings?.Select(port => port.Name) ?? []];
        for (var index = 0; index < app.ReadinessChecks.Count; index++)
        {
            var check = app.ReadinessChecks[index];
            var path = $"/readinessChecks({index})";
            problems.Require(names.Contains(check.PortName, StringComparer.Ordinal), $"{path}/portName", $"no port is named '{check.PortName}'; named are: {string.Join(", ", names.Where(name => name is not null))}");
            problems.Require(check.Timeout < check.Interval, $"{path}/timeoutSeconds", $"{check.Timeout.TotalSeconds:0} must be less than intervalSeconds, {check.Interval.TotalSeconds:0}");
            problems.Require(check.ReadyStatusCodes.Count > 0, $"{path}/httpStatusCodesForReady", "must not be empty");
        }
    }

    private static void Task(AppSpec app, int ports, Problems problems)
    {
        if (app.Check is not { } check)
        {
            return;
        }

        problems.Require(app.Container?.IsDocker is not true, "/", "check is not possible with the engine DOCKER");
        problems.Require(Kinds(check) == 1, "/check", "is exactly one of http, tcp and exec");
        if (check.HttpScheme is not null || check.IsTcp)
        {
            problems.Require(check.Port is not null || (check.PortIndex ?? 0) < ports, "/check", $"portIndex {check.PortIndex ?? 0} does not exist: the app has {ports} ports");
        }
    }

    /// <summary>How many of the three kinds a check is.</summary>
    public static int Kinds(TaskCheck check) => (check.HttpScheme is null ? 0 : 1) + (check.IsTcp ? 1 : 0) + (check.Shell is null && check.Argv is null ? 0 : 1);
}
