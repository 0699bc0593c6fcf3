using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Apps;

/// <summary>Makes an app of its canonical JSON: shape is checked, old forms are gone, defaults that depend on other fields are filled in.</summary>
internal static class AppReader
{
    public static AppSpec Read(JsonObject app)
    {
        var changed = PartReader.Changes(app);
        return new()
        {
            Id = new(app.Text("id")!),
            Version = changed.Version,
            LastScalingAt = changed.Scaling,
            LastConfigChangeAt = changed.Config,
            Instances = app.Integer("instances") ?? 1,
            Role = app.Text("role") ?? "*",
            User = app.Text("user"),
            AcceptedResourceRoles = app.Texts("acceptedResourceRoles"),
            Constraints = PartReader.Constraints(app.List("constraints")),
            Networks = app.Each("networks", PartReader.Network),
            Env = PartReader.Env(app, "env"),
            Secrets = PartReader.Secrets(app),
            Labels = app.Strings("labels"),
            Backoff = new(app.Seconds("backoffSeconds") ?? TimeSpan.FromSeconds(1), app.Number("backoffFactor") ?? 1.15, app.Seconds("maxLaunchDelaySeconds") ?? TimeSpan.FromSeconds(300)),
            Upgrade = PartReader.Upgrade(app.Object("upgradeStrategy")),
            Unreachable = PartReader.Unreachable(app["unreachableStrategy"]),
            KillSelection = Words.Selection(app.Text("killSelection")),
            ExecutorResources = PartReader.ExecutorResources(app.Object("executorResources")),
            Deployment = PartReader.Deployment(app.Object("deployment")),
            Dependencies = app.Texts("dependencies") is { Count: > 0 } ids ? [.. ids.Select(id => new PathId(id))] : [],
            Cmd = app.Text("cmd"),
            Args = app.Texts("args") is { Count: > 0 } args ? args : null,
            Cpus = app.Number("cpus") ?? 1,
            Mem = app.Number("mem") ?? 128,
            Disk = app.Number("disk") ?? 0,
            Gpus = app.Integer("gpus") ?? 0,
            ResourceLimits = PartReader.Limits(app.Object("resourceLimits")),
            Executor = app.Text("executor") ?? "",
            Fetch = app.Each("fetch", PartReader.Artifact),
            Container = app.Object("container") is { } container ? ContainerReader.Read(container) : null,
            PortDefinitions = app.Each("portDefinitions", PortDefinition),
            RequirePorts = app.Flag("requirePorts") ?? false,
            HealthChecks = app.Each("healthChecks", HealthCheck),
            ReadinessChecks = app.Each("readinessChecks", ReadinessCheck),
            Check = app.Object("check") is { } check ? PartReader.Check(check) : null,
            TaskKillGracePeriod = app.Seconds("taskKillGracePeriodSeconds"),
            Tty = app.Flag("tty"),
            Residency = app.Object("residency") is { } residency
                ? new(residency.Integer("relaunchEscalationTimeoutSeconds") ?? 3600, residency.Text("taskLostBehavior") ?? "WAIT_FOREVER")
                : null,
            Autoscaling = PartReader.Autoscaling(app.Object("autoscaling")),
            Schedule = app.Each("schedule", scale => new ScheduledScale(scale.Text("cron")!, scale.Text("timezone") ?? "Etc/UTC", scale.Integer("instances") ?? 0)),
        };
    }

    private static PortDefinition PortDefinition(JsonObject port) =>
        new(port.Integer("port") ?? 0, port.Text("name"), port.Text("protocol") ?? "tcp", port.Strings("labels"));

    private static AppHealthCheck HealthCheck(JsonObject check) => new()
    {
        Protocol = Words.Protocol(check.Text("protocol")),
        Path = check.Text("path"),
        PortIndex = check.Integer("portIndex"),
        Port = check.Integer("port"),
        Command = check.Object("command")?.Text("value"),
        Timing = PartReader.Timing(check),
        IgnoreHttp1xx = check.Flag("ignoreHttp1xx") ?? false,
        IsIpv6 = check.Text("ipProtocol") == "IPv6",
    };

    private static ReadinessCheck ReadinessCheck(JsonObject check) => new(
        check.Text("name") ?? "readinessCheck",
        check.Text("protocol") == "HTTPS",
        check.Text("path") ?? "/",
        check.Text("portName") ?? "http-api",
        check.Seconds("intervalSeconds") ?? TimeSpan.FromSeconds(30),
        check.Seconds("timeoutSeconds") ?? TimeSpan.FromSeconds(10),
        check.List("httpStatusCodesForReady") is { } codes ? [.. codes.Select(code => Json.Integer(code!)).Distinct()] : [200],
        check.Flag("preserveLastResponse") ?? false);
}
