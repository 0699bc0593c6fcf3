using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Checks that the agent runs, as the wire has them.</summary>
internal static class Checks
{
    // The scheduler counts failures and decides on replacement, within its kill budget; the agent never does.
    private const uint Never = uint.MaxValue;

    /// <summary>The first health check of an app that the agent runs, if it has one.</summary>
    public static HealthCheck? Health(AppSpec app, IReadOnlyList<TaskPort> ports)
    {
        if (app.HealthChecks.FirstOrDefault(check => check.IsRunByAgent) is not { } check)
        {
            return null;
        }

        var wire = Timed(check.Timing);
        var port = (uint)(check.Port ?? Indexed(ports, check.PortIndex));
        switch (check.Protocol)
        {
            case HealthProtocol.Command:
                wire.Type = HealthCheck.Types.Type.Command;
                wire.Command = Commands.Shell(check.Command ?? "");
                break;
            case HealthProtocol.MesosTcp:
                wire.Type = HealthCheck.Types.Type.Tcp;
                wire.Tcp = new() { Port = port, Protocol = Ip(check.IsIpv6) };
                break;
            default:
                wire.Type = HealthCheck.Types.Type.Http;
                wire.Http = new() { Port = port, Protocol = Ip(check.IsIpv6), Scheme = check.Protocol == HealthProtocol.MesosHttps ? "https" : "http", Path = check.Path ?? "/" };
                break;
        }

        return wire;
    }

    /// <summary>The health check of a container of a pod, if it has one.</summary>
    public static HealthCheck? Health(PodContainer container, IReadOnlyList<TaskPort> ports)
    {
        if (container.HealthCheck is not { } check)
        {
            return null;
        }

        var wire = Timed(check.Timing);
        if (check.HttpEndpoint is { } http)
        {
            wire.Type = HealthCheck.Types.Type.Http;
            wire.Http = new() { Port = Named(ports, http), Scheme = (check.HttpScheme ?? "HTTP").ToLowerInvariant(), Path = check.HttpPath ?? "/" };
        }
        else if (check.TcpEndpoint is { } tcp)
        {
            wire.Type = HealthCheck.Types.Type.Tcp;
            wire.Tcp = new() { Port = Named(ports, tcp) };
        }
        else
        {
            wire.Type = HealthCheck.Types.Type.Command;
            wire.Command = Command(check.Shell, check.Argv);
        }

        return wire;
    }

    /// <summary>A check that is only reported, if there is one.</summary>
    public static CheckInfo? Reported(TaskCheck? check, IReadOnlyList<TaskPort> ports)
    {
        if (check is null)
        {
            return null;
        }

        var wire = new CheckInfo { DelaySeconds = check.Delay.TotalSeconds, IntervalSeconds = check.Interval.TotalSeconds, TimeoutSeconds = check.Timeout.TotalSeconds };
        var port = check.Endpoint is { } endpoint ? Named(ports, endpoint) : (uint)(check.Port ?? Indexed(ports, check.PortIndex));
        if (check.Shell is not null || check.Argv is not null)
        {
            wire.Type = CheckInfo.Types.Type.Command;
            wire.Command = new() { Command_ = Command(check.Shell, check.Argv) };
        }
        else if (check.IsTcp)
        {
            wire.Type = CheckInfo.Types.Type.Tcp;
            wire.Tcp = new() { Port = port };
        }
        else
        {
            wire.Type = CheckInfo.Types.Type.Http;
            wire.Http = new() { Port = port, Path = check.HttpPath ?? "/" };
        }

        return wire;
    }

    private static HealthCheck Timed(CheckTiming timing) => new()
    {
        DelaySeconds = timing.Delay.TotalSeconds,
        IntervalSeconds = timing.Interval.TotalSeconds,
        TimeoutSeconds = timing.Timeout.TotalSeconds,
        GracePeriodSeconds = timing.GracePeriod.TotalSeconds,
        ConsecutiveFailures = Never,
    };

    private static CommandInfo Command(string? shell, IReadOnlyList<string>? argv) => shell is not null ? Commands.Shell(shell) : Commands.Arguments(argv ?? [], isEntryPoint: true);

    private static int Indexed(IReadOnlyList<TaskPort> ports, int? index) => (index ?? 0) < ports.Count ? ports[index ?? 0].Checked : 0;

    private static uint Named(IReadOnlyList<TaskPort> ports, string name) => (uint)(ports.FirstOrDefault(port => port.Name == name)?.Checked ?? 0);

    private static NetworkInfo.Types.Protocol Ip(bool isIpv6) => isIpv6 ? NetworkInfo.Types.Protocol.Ipv6 : NetworkInfo.Types.Protocol.Ipv4;
}
